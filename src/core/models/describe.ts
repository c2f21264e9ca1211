import { basename } from 'node:path'
import type { Entry, Inspection, ModelKind } from './types.js'

const MB = 1024 ** 2
/** What a network that enlarges takes for one tile, as it was measured. */
const UPSCALER_ROOM = 96 * MB

/** Licence where neither the file nor its folder says one: the person who added it has to know. */
export const unstatedLicence = 'not stated'

const builtInText = {
  name: 'SmolLM2 135M Instruct',
  licence: 'Apache-2.0',
  about: 'Small and quick: short English drafts, continuations and rewrites. It invents facts; longer or other texts need a larger model.',
}
const builtInImage = { name: 'Galley starter', about: 'Small icons and simple pictures, made in a second or two.' }

/** What a model is called, may be used for, and is good for. */
export function describeModel(entry: Entry, inspection: Inspection | null): { name: string; licence: string; about: string; demo: boolean } {
  const fileName = entry.path ? basename(entry.path).replace(/\.gguf$/i, '') : ''
  if (entry.kind === 'text') {
    if (entry.builtIn) return { ...builtInText, demo: false }
    const engine = inspection?.kind === 'text' ? inspection.engine : null
    const about = engine ? describeText(engine.parameters, engine.trainContext) : ''
    return { name: fileName, licence: engine?.licence ?? unstatedLicence, about, demo: false }
  }
  if (entry.kind === 'upscaler') {
    const card = inspection?.kind === 'upscaler' ? inspection.card : {}
    return { name: card.name ?? fileName, licence: card.licence ?? unstatedLicence, about: card.about ?? '', demo: false }
  }
  const image = inspection?.kind === 'image' ? inspection : null
  const otherwise = entry.builtIn
    ? builtInImage
    : { name: image?.engine.name || fileName, about: image ? describeImage(image.engine.pipeline, image.engine.sizes) : '' }
  return {
    name: image?.card.name ?? otherwise.name,
    licence: image?.card.licence ?? unstatedLicence,
    about: image?.card.about ?? otherwise.about,
    demo: image?.card.demo ?? false,
  }
}

/** Bytes that a loaded model takes. Text: the file and its key-value cache; pictures: weights, and room to work in. */
export function neededBytes(inspection: Inspection, contextSize: number): number {
  if (inspection.kind === 'text') {
    const { fileSize, bytesPerToken, trainContext } = inspection.engine
    return fileSize + bytesPerToken * Math.min(contextSize, trainContext)
  }
  if (inspection.kind === 'upscaler') return inspection.engine.fileSize + UPSCALER_ROOM
  return Math.ceil(inspection.engine.fileSize * 1.25) + 256 * MB
}

/** What to do where a model that should be there is not. */
export function nextStep(kind: ModelKind, builtIn: boolean): string {
  if (!builtIn) return 'Put the file back where it was, or add the model again.'
  if (kind === 'upscaler') return 'Install Galley again.'
  return kind === 'text'
    ? 'Start Galley once with a connection so that it is fetched, or add a GGUF model.'
    : 'Install Galley again, or add a folder with an ONNX model.'
}

function describeText(parameters: number, trainContext: number): string {
  const size = parameters >= 1e9 ? `${(parameters / 1e9).toFixed(1)} billion` : `${Math.round(parameters / 1e6)} million`
  return `${size} parameters, reads up to ${trainContext.toLocaleString('en')} tokens.`
}

function describeImage(pipeline: string, sizes: readonly (readonly [number, number])[]): string {
  const first = sizes[0]
  return first ? `${pipeline}, pictures of ${first[0]} × ${first[1]}.` : `${pipeline}.`
}
