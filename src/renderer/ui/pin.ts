/** Classes of a comment's pin; numbers of four digits need a wider one. */
export function pinLook(number: number, { isDone = false, isMany = false }: { readonly isDone?: boolean; readonly isMany?: boolean } = {}): string {
  return ['pin', isDone ? 'is-done' : '', isMany ? 'is-many' : '', number >= 1000 ? 'is-long' : ''].filter(Boolean).join(' ')
}
