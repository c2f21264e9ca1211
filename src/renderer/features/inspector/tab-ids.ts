/** The inspector's tabs in order; Ctrl with their number shows them. */
export const tabIds = ['make', 'versions', 'review', 'about'] as const
export type TabId = (typeof tabIds)[number]
