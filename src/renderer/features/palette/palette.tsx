export function Palette(_: { readonly project: string; readonly onToggleDesk: () => void; readonly onToggleQueue: () => void }) { return null }
