import { describe, expect, test } from 'vitest'
import { fileTitle, formatFolder, formatSeed, formatSize, initials } from './size.js'
import { formatAbout, formatDuration, formatWhen } from './time.js'

const noon = new Date(2026, 5, 15, 12, 0).getTime()

describe('times', () => {
  test('near days are named and others dated', () => {
    expect(formatWhen(new Date(2026, 5, 15, 10, 42).getTime(), noon)).toBe('Today, 10:42')
    expect(formatWhen(new Date(2026, 5, 14, 23, 59).getTime(), noon)).toBe('Yesterday, 23:59')
    expect(formatWhen(new Date(2026, 4, 12, 9, 0).getTime(), noon)).toBe('12 May')
    expect(formatWhen(new Date(2025, 1, 2, 9, 0).getTime(), noon)).toBe('2 February 2025')
  })

  test('a night between two days counts as one day, also where the clock changes', () => {
    const morning = new Date(2026, 2, 30, 0, 5).getTime()
    expect(formatWhen(new Date(2026, 2, 29, 23, 55).getTime(), morning)).toBe('Yesterday, 23:55')
  })

  test('durations are no more exact than they can be', () => {
    expect(formatDuration(200)).toBe('1 s')
    expect(formatDuration(12_300)).toBe('12 s')
    expect(formatDuration(41_000)).toBe('40 s')
    expect(formatDuration(150_000)).toBe('3 min')
    expect(formatDuration(4_200_000)).toBe('1 h 10 min')
    expect(formatAbout(12_000)).toBe('about 12 s')
  })
})

describe('sizes and names', () => {
  test('sizes use powers of 1000', () => {
    expect(formatSize(512)).toBe('512 bytes')
    expect(formatSize(98_362_432)).toBe('98 MB')
    expect(formatSize(999_900_000)).toBe('1 GB')
    expect(formatSize(2_540_000_000)).toBe('2.5 GB')
  })

  test('a path is shown by its last folders', () => {
    expect(formatFolder('/home/m/Documents/Hollin/Autumn.galley')).toBe('Documents / Hollin')
    expect(formatFolder('C:\\Users\\m\\Documents\\Autumn.galley')).toBe('m / Documents')
    expect(fileTitle('/home/m/Autumn 2026.galley')).toBe('Autumn 2026')
  })

  test('a seed is grouped and a name shortened', () => {
    expect(formatSeed(48213)).toBe('48 213')
    expect(formatSeed(7)).toBe('7')
    expect(initials('Marit Aldous')).toBe('MA')
    expect(initials('Ines van der Calloway')).toBe('IC')
    expect(initials(' Priya ')).toBe('P')
  })
})
