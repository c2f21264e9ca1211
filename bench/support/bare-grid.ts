import type { BrowserContext, Page } from '@playwright/test'

/**
 * The plainest grid that shows as many pictures: rows of one height with <img> and a line of words, those that are seen
 * and two rows around them. It uses the same addresses, in a page of its own that lies beside the studio's.
 */
export async function openBareGrid(context: BrowserContext, studio: Page, pictures: number): Promise<Page> {
  const addresses = await studio.evaluate(async () => {
    const scroller = document.querySelector('.gallery-scroll')!
    const found = new Set<string>()
    for (let step = 0; step < 30; step++) {
      scroller.scrollTop = (0.3 + step / 60) * scroller.scrollHeight
      await new Promise((resolve) => setTimeout(resolve, 500))
      for (const image of scroller.querySelectorAll('img')) found.add(image.src)
    }
    return [...found]
  })
  const page = await context.newPage()
  // A page of the shell's own address, so that its pictures may be fetched, without the studio's.
  const own = new URL('/bare.html', addresses[0]).href
  await page.route(own, (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html><html lang="en"><meta charset="utf-8"><title>Bare</title><body></body></html>' }))
  await page.goto(own)
  await page.unroute(own)
  await page.evaluate(drawBare, { addresses, pictures })
  await page.waitForTimeout(500)
  return page
}

function drawBare({ addresses, pictures }: { addresses: readonly string[]; pictures: number }): void {
  const [perRow, height, width, step, around] = [6, 150, 200, 186, 2]
  const rows = Math.ceil(pictures / perRow)
  document.documentElement.style.cssText = 'height:100%'
  document.body.innerHTML = ''
  document.body.style.cssText = 'height:100%;margin:0;background:white;display:block'
  const scroller = document.createElement('div')
  scroller.className = 'bare-scroll'
  scroller.style.cssText = 'height:100%;overflow-y:scroll;contain:strict'
  const length = document.createElement('div')
  length.style.cssText = `position:relative;height:${rows * step}px`
  scroller.append(length)
  document.body.append(scroller)
  const drawn = new Map<number, HTMLElement>()
  const draw = (): void => {
    const first = Math.max(0, Math.floor(scroller.scrollTop / step) - around)
    const last = Math.min(rows - 1, Math.floor((scroller.scrollTop + scroller.clientHeight) / step) + around)
    for (const [row, element] of drawn) {
      if (row >= first && row <= last) continue
      element.remove()
      drawn.delete(row)
    }
    for (let row = first; row <= last; row++) {
      if (drawn.has(row)) continue
      const element = document.createElement('div')
      element.style.cssText = `position:absolute;inset-inline:16px;top:${row * step}px;height:${step}px;contain:strict`
      for (let place = 0; place < perRow; place++) {
        const index = row * perRow + place
        const tile = document.createElement('div')
        tile.style.cssText = `position:absolute;left:${place * width}px;width:${width - 12}px;font:12px/16px sans-serif`
        const image = document.createElement('img')
        image.decoding = 'async'
        image.style.cssText = `display:block;width:100%;height:${height}px;object-fit:contain`
        image.src = addresses[(index * 7) % addresses.length]!
        const words = document.createElement('span')
        words.textContent = `Picture ${index + 1}`
        tile.append(image, words)
        element.append(tile)
      }
      drawn.set(row, element)
      length.append(element)
    }
  }
  scroller.addEventListener('scroll', draw, { passive: true })
  draw()
}
