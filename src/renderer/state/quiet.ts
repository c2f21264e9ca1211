/** How long work may take before anybody is told of it, milliseconds: what flashes by only disturbs. */
export const quietMs = 1000
