import type { PictureEditStep } from '../../contract/index.js'
import { WrongCall, type Command, type Given } from '../command.js'
import { findVersion } from '../select.js'

function numbers(given: Given, option: string, form: RegExp, like: string): number[] | null {
  const value = given.text(option)
  if (value === undefined) return null
  const found = form.exec(value)
  if (!found) throw new WrongCall(`--${option} is like ${like}, not “${value}”`)
  return found.slice(1).map(Number)
}

/** What is asked for, in the order in which it is done: turned, flipped, cropped, resized. */
function stepsOf(given: Given): PictureEditStep[] {
  const steps: PictureEditStep[] = []
  const [degrees] = numbers(given, 'turn', /^(90|180|270)$/, '90') ?? []
  if (degrees !== undefined) steps.push({ kind: 'turn', degrees: degrees as 90 | 180 | 270 })
  const axis = given.text('flip')
  if (axis !== undefined) {
    if (axis !== 'horizontal' && axis !== 'vertical') throw new WrongCall(`--flip is horizontal or vertical, not “${axis}”`)
    steps.push({ kind: 'flip', axis })
  }
  const region = numbers(given, 'region', /^(\d{1,5}),(\d{1,5}),(\d{1,5}),(\d{1,5})$/, '0,0,640,480')
  if (region) steps.push({ kind: 'crop', x: region[0]!, y: region[1]!, width: region[2]!, height: region[3]! })
  const size = numbers(given, 'size', /^(\d{1,5})x(\d{1,5})$/, '512x512')
  if (size) steps.push({ kind: 'resize', width: size[0]!, height: size[1]! })
  return steps
}

export const cropCommand: Command = {
  name: 'crop',
  arguments: ['FILE', 'VERSION'],
  options: {
    turn: { type: 'string', value: 'DEGREES', help: 'clockwise, before all else: 90, 180 or 270' },
    flip: { type: 'string', value: 'AXIS', help: 'horizontal lets left and right change places, vertical top and bottom' },
    region: { type: 'string', value: 'X,Y,W,H', help: 'what stays, in pixels from the left upper corner' },
    size: { type: 'string', value: 'WxH', help: 'width and height in pixels that the result is brought to' },
  },
  help: 'Crops, turns, flips or resizes a picture into a new version.',
  writes: true,
  async run({ client, open }, given) {
    const steps = stepsOf(given)
    if (steps.length === 0) throw new WrongCall('crop needs --region, --turn, --flip or --size')
    const project = await open(given.argument('FILE'))
    const { id: source } = await findVersion(client, project, given.argument('VERSION'))
    const { item, version } = await client.pictures.edit({ project: project.handle, version: source, steps })
    const { content } = await client.items.version({ project: project.handle, version })
    const told = content.type === 'blob' ? { width: content.width, height: content.height, sha256: content.hash } : {}
    return { value: { item, version, source, ...told }, text: `${version.slice(0, 12)}  ${told.width}×${told.height}` }
  },
}
