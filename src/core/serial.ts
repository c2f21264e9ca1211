/** Runs asynchronous work one after the other, in the order in which it was given. A failure does not stop what follows. */
export function createSerial(): <T>(work: () => Promise<T>) => Promise<T> {
  let tail: Promise<unknown> = Promise.resolve()
  return (work) => {
    const result = tail.then(work, work)
    tail = result.catch(() => undefined)
    return result
  }
}
