import { useMutation } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { client } from '../../../studio.js'
import type { Size } from '../view/zoom.js'
import { beginCrop, stepsOf, type CropState } from './crop-state.js'

export interface Crop {
  /** Null while the tool is not in the hand. */
  readonly state: CropState | null
  readonly change: (act: (state: CropState) => CropState) => void
  readonly begin: (source: Size) => void
  /** Leaves the tool; what is being made is given up. */
  readonly leave: () => void
  /** Makes the new version. Does nothing where nothing was changed. */
  readonly apply: () => void
  readonly isMaking: boolean
  readonly error: unknown
}

/** Cropping a version: what was set so far, and making it. */
export function useCrop(project: string, version: string | null, onMade: (version: string) => void): Crop {
  const [state, setState] = useState<CropState | null>(null)
  const stop = useRef<AbortController | null>(null)
  const make = useMutation({
    mutationFn: async (wanted: CropState) => {
      stop.current = new AbortController()
      const { signal } = stop.current
      const made = await client.pictures.edit({ project, version: version ?? '', steps: stepsOf(wanted) }, { signal })
      return signal.aborted ? null : made
    },
    onSuccess: (made) => {
      if (!made) return
      setState(null)
      onMade(made.version)
    },
  })
  return {
    state,
    isMaking: make.isPending,
    error: make.error,
    change: (act) => setState((before) => before && act(before)),
    begin: (source) => { make.reset(); setState(beginCrop(source)) },
    leave: () => { stop.current?.abort(); make.reset(); setState(null) },
    apply: () => { if (state && version && stepsOf(state).length > 0 && !make.isPending) make.mutate(state) },
  }
}
