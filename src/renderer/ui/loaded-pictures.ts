/**
 * Marks every picture of the page once it is there (`data-there`): only then may a checkerboard stand behind it, where it
 * is transparent. Before, the board itself would be what is seen.
 */
export function markLoadedPictures(): void {
  const isPicture = (target: EventTarget | null): target is HTMLImageElement => target instanceof HTMLImageElement
  // `load` does not bubble, so it is caught on the way down.
  document.addEventListener('load', ({ target }) => isPicture(target) && (target.dataset['there'] = ''), true)
}
