import { useCallback, useRef } from 'react'
import type { PanelSize } from 'react-resizable-panels'
import { remember } from '../../state/layout.js'

/** Remembers a pane's width, in pixels, once it was drawn at another than the first one. */
export function usePaneSize(key: string): (size: PanelSize) => void {
  const first = useRef<number | null>(null)
  return useCallback(({ inPixels }: PanelSize) => {
    const width = Math.round(inPixels)
    if (first.current === null) first.current = width
    else if (width > 0 && width !== first.current) {
      first.current = width
      remember(key, width)
    }
  }, [key])
}
