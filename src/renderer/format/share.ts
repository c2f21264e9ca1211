const percent = new Intl.NumberFormat('en-GB', { style: 'percent', maximumFractionDigits: 0 })

/** A part of a whole, 0 to 1, as “40%”; only the whole is 100%. */
export function formatShare(share: number): string {
  return percent.format(Math.floor(Math.min(1, Math.max(0, share)) * 100) / 100)
}
