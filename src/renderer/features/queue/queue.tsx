export function Queue(_: { readonly isOpen: boolean; readonly onToggle: () => void }) { return null }
