import { t } from '../../messages/t.js'
import { overlay } from '../../state/overlay.js'
import { FullScreen } from '../../ui/full-screen.js'
import { Chooser } from '../chooser/chooser.js'
import { ModelsView } from './models-view.js'

/** The models where no project is open. */
export function ModelsOverlay() {
  return (
    <FullScreen title={t('models.title')} onClose={() => overlay.set(null)}>
      <main className="work">
        <ModelsView hasTitle={false} />
      </main>
      <Chooser />
    </FullScreen>
  )
}
