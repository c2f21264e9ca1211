import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { Settings } from '../../contract/index.js'
import { studio } from '../studio.js'
import { applyDensity, applyTheme, onSystemTheme, rememberedTheme } from '../theme.js'
import { adoptLayout } from './layout.js'

export function useSettings(): Settings | undefined {
  return useQuery(studio.system.settings.queryOptions()).data
}

/** Changes settings; the window shows them at once and takes them back if core refuses. */
export function useChangeSettings() {
  const queries = useQueryClient()
  const key = studio.system.settings.queryKey()
  return useMutation(studio.system.changeSettings.mutationOptions({
    onMutate: (change) => {
      const before = queries.getQueryData(key)
      if (before) queries.setQueryData(key, { ...before, ...change })
      return before
    },
    onError: (_error, _change, before) => {
      if (before) queries.setQueryData(key, before)
    },
    onSuccess: (after) => queries.setQueryData(key, after),
  }))
}

/** Keeps the page's look as the settings say. */
export function useAppearance(settings: Settings | undefined): void {
  const theme = settings?.theme
  const density = settings?.density
  useEffect(() => {
    const show = theme ?? rememberedTheme()
    applyTheme(show)
    return onSystemTheme(() => applyTheme(show))
  }, [theme])
  useEffect(() => {
    if (density) applyDensity(density)
  }, [density])
  useEffect(() => {
    if (settings) adoptLayout(settings.layout)
  }, [settings])
}
