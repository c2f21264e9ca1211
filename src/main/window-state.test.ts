import { expect, it, vi } from 'vitest'
import { usableState } from './window-state.js'

vi.mock('electron', () => ({ screen: {} }))

const screens = [{ x: 0, y: 0, width: 1920, height: 1080 }, { x: 1920, y: 0, width: 1280, height: 1024 }]
const bounds = { x: 100, y: 50, width: 1280, height: 800 }

it('opens the window where it was', () => {
  expect(usableState({ bounds, maximized: true }, screens)).toEqual({ bounds, maximized: true })
  expect(usableState({ bounds: { ...bounds, x: 2000 } }, screens)).toEqual({ bounds: { ...bounds, x: 2000 }, maximized: false })
})

it.each([
  ['the screen it was on is gone', { bounds: { ...bounds, x: 4000 } }], ['its title bar would be above the screen', { bounds: { ...bounds, y: -200 } }],
  ['its title bar would be below the screen', { bounds: { ...bounds, y: 1070 } }], ['it would be tiny', { bounds: { ...bounds, width: 20 } }],
  ['a number is none', { bounds: { ...bounds, x: '1' } }], ['nothing is known', null], ['the bounds are missing', {}],
])('opens it afresh where %s', (_why, stored) => {
  expect(usableState(stored, screens)).toBeNull()
})
