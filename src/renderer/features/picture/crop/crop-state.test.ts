import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dragHandle, type Box } from '../frame/box.js'
import { beginCrop, cropLimits, flipped, resized, resultSize, seenSize, stepsOf, turned, withRatio, type CropState } from './crop-state.js'
import { boxAfter } from './edit-geometry.js'

const size = fc.record({ width: fc.integer({ min: 1, max: 4000 }), height: fc.integer({ min: 1, max: 4000 }) })
const act = fc.oneof(
  fc.constantFrom<(state: CropState) => CropState>((s) => turned(s, 90), (s) => turned(s, 270), (s) => flipped(s, 'horizontal'), (s) => flipped(s, 'vertical'), (s) => withRatio(s, 3 / 2), (s) => withRatio(s, null)),
  fc.tuple(fc.constantFrom('nw', 'se', 'e', 'n'), fc.integer({ min: -2000, max: 2000 }), fc.integer({ min: -2000, max: 2000 })).map(
    ([handle, x, y]) => (s: CropState) => ({ ...s, box: dragHandle(s.box, handle as 'nw', x, y, cropLimits(s)) }),
  ),
  fc.integer({ min: 1, max: 5000 }).map((width) => (s: CropState) => resized(s, { width })),
)
const state = fc.tuple(size, fc.array(act, { maxLength: 10 })).map(([source, acts]) => acts.reduce((now, next) => next(now), beginCrop(source)))

describe('cropping', () => {
  test('the steps always fit the picture, and give the size that was shown', () => {
    fc.assert(
      fc.property(state, (now) => {
        const steps = stepsOf(now)
        const seen = seenSize(now)
        for (const step of steps) {
          if (step.kind !== 'crop') continue
          expect(Math.min(step.x, step.y)).toBeGreaterThanOrEqual(0)
          expect(step.x + step.width).toBeLessThanOrEqual(seen.width)
          expect(step.y + step.height).toBeLessThanOrEqual(seen.height)
        }
        const whole: Box = { x: 0, y: 0, ...now.source }
        // However little stays, the picture itself is never lost: only its share decides about regions.
        const after = boxAfter(whole, now.source, steps.filter((step) => step.kind !== 'crop' && step.kind !== 'resize'))
        expect(after?.size).toEqual(seen)
        expect(resultSize(now)).toEqual({ width: expect.any(Number), height: expect.any(Number) })
        const last = steps.findLast((step) => step.kind === 'resize' || step.kind === 'crop')
        expect(resultSize(now)).toEqual(last ? { width: last.width, height: last.height } : seen)
      }),
      { numRuns: 300 },
    )
  })

  test('four turns, or a flip twice, leave nothing to do', () => {
    fc.assert(
      fc.property(size, (source) => {
        const start = beginCrop(source)
        expect(stepsOf([90, 90, 90, 90].reduce<CropState>((now) => turned(now, 90), start))).toEqual([])
        expect(stepsOf(turned(turned(start, 90), 270))).toEqual([])
        for (const axis of ['horizontal', 'vertical'] as const) expect(stepsOf(flipped(flipped(start, axis), axis))).toEqual([])
        // Both flips are half a turn.
        expect(stepsOf(flipped(flipped(start, 'horizontal'), 'vertical'))).toEqual([{ kind: 'turn', degrees: 180 }])
      }),
    )
  })

  test('the box keeps what it held when the picture is turned or flipped', () => {
    const box = { x: 10, y: 20, width: 30, height: 5 }
    const now = { ...beginCrop({ width: 100, height: 80 }), box }
    for (const act of [(s: CropState) => turned(s, 90), (s: CropState) => turned(flipped(s, 'horizontal'), 90), (s: CropState) => flipped(turned(s, 270), 'vertical'), (s: CropState) => flipped(s, 'vertical')]) {
      const after = act(now)
      const poses = stepsOf(after).filter((step) => step.kind === 'turn' || step.kind === 'flip')
      expect(poses.length).toBeGreaterThan(0)
      expect(boxAfter(box, now.source, poses)?.box).toEqual(after.box)
    }
  })

  test('one side of the result follows the other, and no result is larger than may be', () => {
    const now = { ...beginCrop({ width: 3000, height: 2000 }), box: { x: 0, y: 0, width: 1500, height: 1000 } }
    expect(resultSize(resized(now, { width: 600 }))).toEqual({ width: 600, height: 400 })
    expect(resultSize(resized(now, { height: 300 }))).toEqual({ width: 450, height: 300 })
    const huge = resultSize(resized(now, { width: 90_000 }))
    expect(huge.width * huge.height).toBeLessThanOrEqual(100_100_000)
    expect(stepsOf(resized(now, { width: 1500 }))).toEqual([{ kind: 'crop', ...now.box }])
  })
})

describe('a commented region after an edit', () => {
  test('stands on the same pixels', () => {
    fc.assert(
      fc.property(state, fc.nat(1000), fc.nat(1000), (now, across, down) => {
        const { source } = now
        const region = { x: (source.width * (across % 900)) / 1000, y: (source.height * (down % 900)) / 1000, width: source.width / 10, height: source.height / 10 }
        const after = boxAfter(region, source, stepsOf(now))
        if (!after) return
        const result = resultSize(now)
        expect(after.size).toEqual(result)
        expect(after.box.x).toBeGreaterThanOrEqual(-1e-6)
        expect(after.box.y).toBeGreaterThanOrEqual(-1e-6)
        expect(after.box.x + after.box.width).toBeLessThanOrEqual(result.width + 1e-6)
        expect(after.box.y + after.box.height).toBeLessThanOrEqual(result.height + 1e-6)
      }),
      { numRuns: 300 },
    )
  })

  test('of which too little is left is no place any more', () => {
    const steps = [{ kind: 'crop', x: 50, y: 0, width: 50, height: 100 }] as const
    const of = { width: 100, height: 100 }
    expect(boxAfter({ x: 10, y: 10, width: 20, height: 20 }, of, steps)).toBeNull()
    expect(boxAfter({ x: 32, y: 10, width: 20, height: 20 }, of, steps)).toBeNull()
    expect(boxAfter({ x: 40, y: 10, width: 20, height: 20 }, of, steps)?.box).toEqual({ x: 0, y: 10, width: 10, height: 20 })
  })
})
