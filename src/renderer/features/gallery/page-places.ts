/** Where the pages of a long gallery stand, in pixels from its beginning. */
export interface PagePlaces {
  /** Top of each page; one more at the end, which is where the last one ends. */
  readonly tops: Float64Array
  readonly height: number
}

/** Pages below each other: those that were laid out as high as they are, the others about as high as pages usually are. */
export function placePages(count: number, known: ReadonlyMap<number, number>, usual: number, last: number): PagePlaces {
  const tops = new Float64Array(count + 1)
  for (let page = 0; page < count; page++) tops[page + 1] = tops[page]! + (known.get(page) ?? (page === count - 1 ? last : usual))
  return { tops, height: tops[count]! }
}

/** The page that lies at a place; the nearest one for places before the first and after the last. */
export function pageAt({ tops }: PagePlaces, place: number): number {
  let [low, high] = [0, Math.max(0, tops.length - 2)]
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (tops[middle]! <= place) low = middle
    else high = middle - 1
  }
  return low
}
