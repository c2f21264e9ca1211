import type { ReactNode } from 'react'
import { Tab, TabList, TabPanel, Tabs as AriaTabs } from 'react-aria-components'

export interface TabView {
  readonly id: string
  readonly name: string
  readonly content: ReactNode
}

interface TabsProps {
  readonly label: string
  readonly tabs: readonly TabView[]
  readonly selected: string
  readonly onChange: (id: string) => void
}

export function Tabs({ label, tabs, selected, onChange }: TabsProps) {
  return (
    <AriaTabs className="tabbed" selectedKey={selected} onSelectionChange={(key) => onChange(String(key))}>
      <TabList className="tabs" aria-label={label}>
        {tabs.map((tab) => <Tab id={tab.id} key={tab.id}>{tab.name}</Tab>)}
      </TabList>
      {tabs.map((tab) => <TabPanel id={tab.id} key={tab.id} className="tab-panel">{tab.content}</TabPanel>)}
    </AriaTabs>
  )
}
