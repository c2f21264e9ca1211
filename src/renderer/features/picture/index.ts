export { MakePicture } from './make/make-picture.js'
export { PictureWork } from './picture-work.js'
