import { Component, type ErrorInfo, type ReactNode } from 'react'
import { t } from '../../messages/t.js'
import { Button } from '../../ui/button.js'
import { EmptyState } from '../../ui/empty-state.js'

interface GuardState {
  readonly error: Error | null
}

/** Keeps a fault of one part from taking the window along. */
export class Guard extends Component<{ readonly children: ReactNode }, GuardState> {
  override state: GuardState = { error: null }

  static getDerivedStateFromError(error: Error): GuardState {
    return { error }
  }

  override componentDidCatch(error: Error, info: ErrorInfo): void {
    console.error(error, info.componentStack)
  }

  override render(): ReactNode {
    if (!this.state.error) return this.props.children
    return (
      <div className="guard" role="alert">
        <EmptyState
          title={t('error.page.title')}
          actions={<>
            <Button look="primary" size="small" onPress={() => this.setState({ error: null })}>{t('error.page.again')}</Button>
            <Button look="quiet" size="small" onPress={() => location.reload()}>{t('error.page.reload')}</Button>
          </>}
        >
          {t('error.page.text')}
        </EmptyState>
        <p className="mono small faint">{this.state.error.message}</p>
      </div>
    )
  }
}
