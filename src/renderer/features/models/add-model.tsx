import { t } from '../../messages/t.js'
import { useStore } from '../../state/store.js'
import { Button } from '../../ui/button.js'
import { ErrorNotice } from '../../ui/error-notice.js'
import { adding, addModel } from './add.js'

/** Adds a model where it lies: a file for texts, a folder for pictures. */
export function AddModel({ size = 'normal' }: { readonly size?: 'small' | 'normal' }) {
  const now = useStore(adding)
  const isRunning = now?.isRunning ?? false
  return (
    <span className="add-model">
      <Button icon="file" size={size} isDisabled={isRunning} onPress={() => void addModel('file')}>
        {t('models.add')}
      </Button>
      <Button icon="folder" size={size} isDisabled={isRunning} onPress={() => void addModel('folder')}>
        {t('models.add-folder')}
      </Button>
      {now?.error ? (
        <span className="add-model-error">
          <ErrorNotice error={now.error} onClose={() => adding.set(null)} steps={{ 'add-model': () => void addModel(now.files) }} />
        </span>
      ) : null}
    </span>
  )
}
