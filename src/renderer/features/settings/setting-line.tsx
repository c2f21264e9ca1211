import type { ReactNode } from 'react'

interface SettingLineProps {
  readonly name: string
  readonly hint: ReactNode
  readonly children: ReactNode
}

/** What a setting is, and at the end of the line how it is set. */
export function SettingLine({ name, hint, children }: SettingLineProps) {
  return (
    <div className="setting-line">
      <div className="setting-what"><div className="medium">{name}</div><div className="small secondary">{hint}</div></div>
      <div className="setting-control">{children}</div>
    </div>
  )
}

interface SettingsPageProps {
  readonly title: string
  readonly lead?: string
  readonly children: ReactNode
}

export function SettingsPage({ title, lead, children }: SettingsPageProps) {
  return (
    <div className="settings-page">
      <h2 className="title">{title}</h2>
      {lead ? <p className="secondary settings-lead">{lead}</p> : null}
      <div className="setting-lines">{children}</div>
    </div>
  )
}
