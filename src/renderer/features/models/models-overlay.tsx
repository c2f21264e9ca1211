export function ModelsOverlay() { return null }
