import type { Models, ResolvedModel } from '../models/index.js'
import type { ImageModel } from './backends/backend.js'
import type { ImageModels, Upscalers } from './types.js'

function toImageModel({ id, name, path, hash, licence, builtIn, demo, needed }: ResolvedModel): ImageModel {
  return { id, name, path, hash, licence, builtIn, demo, needed: needed(0) }
}

/** Picture models from the list of models; `preferred` is the one of the settings, null for the built-in one. */
export function imageModels(models: Models, preferred: () => string | null): ImageModels {
  const resolve = async (id: string | null): Promise<ImageModel> => toImageModel(await models.resolve('image', id ?? preferred()))
  return {
    resolve,
    async withHash(hash) {
      // Most pictures come from the model that is used anyway; the whole list would start other engines to be read.
      for (const id of new Set([preferred(), null])) {
        const usual = await models.resolve('image', id).catch(() => null)
        if (usual?.hash === hash) return toImageModel(usual)
      }
      const usable = (await models.list()).filter((one) => one.kind === 'image' && one.problem === null)
      const known = usable.find((one) => one.hash === hash)
      if (known) return resolve(known.id)
      // What nobody used so far has no hash yet: reading its files is the price of finding the very same weights.
      for (const { id } of usable.filter((one) => one.hash === null)) {
        const model = await resolve(id).catch(() => null)
        if (model?.hash === hash) return model
      }
      return null
    },
  }
}

/** The model that enlarges, from the list of models: so far the built-in one. */
export function upscalers(models: Models): Upscalers {
  const resolve = async (): Promise<ImageModel> => toImageModel(await models.resolve('upscaler', null))
  return {
    resolve,
    async withHash(hash) {
      const usual = await resolve().catch(() => null)
      return usual?.hash === hash ? usual : null
    },
  }
}
