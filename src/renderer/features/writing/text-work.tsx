/** Stands in for the editor, which is built beside this. */
export function TextWork({ item }: { readonly project: string; readonly item: string }) {
  return <p className="visually-hidden">{item}</p>
}
