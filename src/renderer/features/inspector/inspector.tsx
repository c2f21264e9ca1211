import type { ReactNode } from 'react'
import type { ItemKind } from '../../../contract/index.js'
import { t } from '../../messages/t.js'
import { useDesk } from '../../state/desk.js'
import { Guard } from '../errors/guard.js'
import { ReviewTab } from '../review/index.js'
import { Tabs } from '../../ui/tabs.js'
import { MakePicture } from '../picture/index.js'
import { AboutTab } from './about/about-tab.js'
import { MakeTab } from './make/make-tab.js'
import { tabIds, type TabId } from './tab-ids.js'
import type { InspectorTabProps } from './tab-props.js'
import { VersionsTab } from './versions/versions-tab.js'
import './inspector.css'

/** A tab and the kinds of items that have it. Another tab is one more entry here and in `tabIds`. */
interface InspectorTab {
  readonly name: string
  readonly kinds: 'all' | readonly ItemKind[]
  readonly show: (props: InspectorTabProps, kind: ItemKind) => ReactNode
}

const tabs: Record<TabId, InspectorTab> = {
  make: { name: t('inspector.make'), kinds: ['text', 'image'], show: (props, kind) => (kind === 'image' ? <MakePicture {...props} /> : <MakeTab {...props} />) },
  versions: { name: t('inspector.versions'), kinds: 'all', show: (props) => <VersionsTab {...props} /> },
  review: { name: t('inspector.review'), kinds: 'all', show: (props) => <ReviewTab {...props} /> },
  about: { name: t('inspector.about'), kinds: 'all', show: (props) => <AboutTab {...props} /> },
}

interface InspectorProps extends InspectorTabProps {
  readonly tab: string
  readonly onTab: (id: string) => void
}

export function Inspector({ project, item, tab, onTab }: InspectorProps) {
  const { items } = useDesk(project.handle)
  const kind = items.find((one) => one.id === item)?.kind
  if (!kind) return null
  const shown = tabIds.filter((id) => tabs[id].kinds === 'all' || tabs[id].kinds.includes(kind))
  const selected = shown.find((id) => id === tab) ?? shown[0] ?? 'versions'
  return (
    <Tabs
      label={t('inspector.tabs')} selected={selected} onChange={onTab}
      tabs={shown.map((id) => ({ id, name: tabs[id].name, content: <Guard key={item}>{tabs[id].show({ project, item }, kind)}</Guard> }))}
    />
  )
}
