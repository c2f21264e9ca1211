import { useQuery } from '@tanstack/react-query'
import { t } from '../../../messages/t.js'
import { useDesk } from '../../../state/desk.js'
import { studio } from '../../../studio.js'
import { Button } from '../../../ui/button.js'
import { Note } from '../../../ui/note.js'

/** Says which text the pictures are made for. */
export function IllustratesNote({ project, version, onForget }: { readonly project: string; readonly version: string; readonly onForget: () => void }) {
  const { items } = useDesk(project)
  const item = useQuery(studio.items.version.queryOptions({ input: { project, version } })).data?.item
  const title = items.find((one) => one.id === item)?.title
  if (title === undefined) return null
  return <div className="field"><Note icon="text" actions={<Button size="small" look="quiet" onPress={onForget}>{t('make.illustrates-forget')}</Button>}>{t('make.illustrates', { title })}</Note></div>
}
