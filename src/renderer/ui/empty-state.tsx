import type { ReactNode } from 'react'

interface EmptyStateProps {
  readonly title: string
  readonly children?: ReactNode
  /** The one or two things to do. */
  readonly actions?: ReactNode
}

export function EmptyState({ title, children, actions }: EmptyStateProps) {
  return (
    <div className="empty">
      <p className="title">{title}</p>
      {children ? <p>{children}</p> : null}
      {actions ? <div className="row empty-actions">{actions}</div> : null}
    </div>
  )
}
