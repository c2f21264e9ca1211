import { width } from './vector.js'

/** Bytes of a WebAssembly number, seven bits at a time. */
function number(value: number): number[] {
  const bytes: number[] = []
  do {
    bytes.push((value & 0x7f) | (value > 0x7f ? 0x80 : 0))
    value >>>= 7
  } while (value > 0)
  return bytes
}
const list = (items: readonly number[][]): number[] => [...number(items.length), ...items.flat()]
const section = (id: number, content: number[]): number[] => [id, ...number(content.length), ...content]
const text = (name: string): number[] => [...number(name.length), ...Buffer.from(name)]

const i32 = 0x7f
const v128 = 0x7b
const [count, rows, results, wanted, sum] = [0, 1, 2, 3, 4]
const get = (local: number): number[] => [0x20, local]
const set = (local: number): number[] => [0x21, local]
// A constant is a signed number: `amount` must not have the highest bit of its last seven set, as 64 to 127 do.
const add = (local: number, amount: number): number[] => [...get(local), 0x41, ...number(amount), 0x6a, ...set(local)]
const load = (local: number, offset: number): number[] => [...get(local), 0xfd, 0x00, 0x00, ...number(offset)]
const [widenLow, widenHigh, multiplyPairs, addLanes] = [[0xfd, 0x87, 0x01], [0xfd, 0x88, 0x01], [0xfd, 0xba, 0x01], [0xfd, 0xae, 0x01]]
const lane = (at: number): number[] => [...get(sum), 0xfd, 0x1b, at]
const zero = [0xfd, 0x0c, ...Array<number>(16).fill(0)]

/** sum += the products of sixteen numbers of the row and of the wanted vector, widened so that none overflows. */
const sixteen = (offset: number): number[] =>
  [widenLow, widenHigh].flatMap((widen) => [...get(sum), ...load(rows, offset), ...widen, ...load(wanted, offset), ...widen, ...multiplyPairs, ...addLanes, ...set(sum)])

/** For each row: the sum of all products, as a 32-bit integer. */
const body = [
  ...list([[1, v128]]),
  0x03, 0x40,
  ...zero, ...set(sum),
  ...Array.from({ length: width / 16 }, (_, at) => sixteen(at * 16)).flat(),
  ...get(results), ...lane(0), ...lane(1), 0x6a, ...lane(2), 0x6a, ...lane(3), 0x6a, 0x36, 0x02, 0x00,
  ...add(rows, width), ...add(results, 4),
  // Down to the last row: another round while the count is not nought.
  ...get(count), 0x41, 0x01, 0x6b, 0x22, count, 0x0d, 0x00,
  0x0b, 0x0b,
]

/**
 * WebAssembly that compares vectors sixteen numbers at a time, six times as fast as a loop in JavaScript and to the same
 * result. Exports `compare(count ≥ 1, rows, results, wanted)`, all but the count being places in the imported memory
 * `env.memory`: rows of 384 signed bytes, where the 32-bit sums go, and the vector to compare with.
 */
export const compareModule = Uint8Array.from([
  0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00,
  ...section(1, list([[0x60, ...list([[i32], [i32], [i32], [i32]]), ...list([])]])),
  ...section(2, list([[...text('env'), ...text('memory'), 0x02, 0x00, 0x01]])),
  ...section(3, list([[0x00]])),
  ...section(7, list([[...text('compare'), 0x00, 0x00]])),
  ...section(10, list([[...number(body.length), ...body]])),
])
