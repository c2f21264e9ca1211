import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'

/** What breaks the rules of accessibility on the page of now, in both themes. */
export async function breaches(page: Page, screen: string): Promise<string[]> {
  const found: string[] = []
  for (const theme of ['light', 'dark']) {
    await page.evaluate((name) => { document.documentElement.dataset.theme = name }, theme)
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
    for (const { id, nodes } of violations) for (const node of nodes) found.push(`${screen}, ${theme}: ${id}: ${node.html.slice(0, 160)} ${node.any.map(({ message }) => message).join(' ')}`)
  }
  return found
}
