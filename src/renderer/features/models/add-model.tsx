import { useMutation, useQueryClient } from '@tanstack/react-query'
import { t } from '../../messages/t.js'
import { useSettings } from '../../state/settings.js'
import { studio } from '../../studio.js'
import { Button } from '../../ui/button.js'
import { ErrorNotice } from '../../ui/error-notice.js'
import { choosePath } from '../chooser/choose.js'

/** Adds a model file where it lies; nothing is copied. */
export function AddModel({ size = 'normal' }: { readonly size?: 'small' | 'normal' }) {
  const settings = useSettings()
  const queries = useQueryClient()
  const add = useMutation(studio.models.add.mutationOptions({ onSuccess: () => queries.invalidateQueries({ queryKey: studio.models.list.key() }) }))

  async function choose(): Promise<void> {
    const path = await choosePath({
      title: t('chooser.model'),
      kind: 'file',
      endings: ['gguf'],
      filter: t('chooser.models'),
      ...(settings ? { start: settings.modelsFolder } : {}),
    })
    if (path) add.mutate({ path })
  }

  return (
    <span className="add-model">
      <Button icon="folder" size={size} isDisabled={add.isPending} onPress={() => void choose()}>
        {t('models.add')}
      </Button>
      {add.error ? (
        <span className="add-model-error">
          <ErrorNotice error={add.error} onClose={() => add.reset()} steps={{ 'add-model': () => void choose() }} />
        </span>
      ) : null}
    </span>
  )
}
