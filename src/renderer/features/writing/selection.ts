/** Stands in for the editor's selection. */
export function useTextSelection(_item: string | null): { from: number; to: number; text: string } | null {
  return null
}

export function useHasSelection(_item: string | null): boolean {
  return false
}
