import { expect, test } from 'vitest'
import { addAct, changeSoft, forgetMask, hasPaint, maskOf, nextBrush, redoAct, undoAct, type MaskAct } from './mask-state.js'

const stroke = (erases = false): MaskAct => ({ kind: 'stroke', erases, size: 20, points: [{ x: 1, y: 2 }] })

test('acts are taken back and done again in their order, and a new one ends what could be done again', () => {
  const invert: MaskAct = { kind: 'invert' }
  addAct('a', stroke())
  addAct('a', invert)
  undoAct('a')
  expect(maskOf('a').acts).toEqual([stroke()])
  redoAct('a')
  expect(maskOf('a').acts).toEqual([stroke(), invert])
  undoAct('a')
  addAct('a', stroke(true))
  redoAct('a')
  expect(maskOf('a').acts).toEqual([stroke(), stroke(true)])
  changeSoft('a', 9)
  undoAct('a')
  undoAct('a')
  undoAct('a')
  expect(maskOf('a')).toMatchObject({ acts: [], soft: 9 })
  // Another picture has a mask of its own.
  expect(maskOf('b').acts).toEqual([])
})

test('there is paint where something was put on since the last clearing', () => {
  const paints = (...acts: MaskAct[]): boolean => hasPaint({ acts, undone: [], soft: 0 })
  expect(paints()).toBe(false)
  expect(paints(stroke(true))).toBe(false)
  expect(paints(stroke())).toBe(true)
  expect(paints(stroke(), { kind: 'clear' })).toBe(false)
  expect(paints({ kind: 'clear' }, { kind: 'invert' })).toBe(true)
  forgetMask('a')
  expect(hasPaint(maskOf('a'))).toBe(false)
})

test('the brush grows and shrinks in steps that fit its size, within the picture', () => {
  expect(nextBrush(2, true, 500)).toBe(3)
  expect(nextBrush(100, true, 500)).toBe(120)
  expect(nextBrush(490, true, 500)).toBe(500)
  expect(nextBrush(3, false, 500)).toBe(3)
  expect(nextBrush(2, false, 500)).toBe(2)
  expect(nextBrush(120, false, 500)).toBe(100)
})
