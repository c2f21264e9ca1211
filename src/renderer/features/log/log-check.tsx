import { useMutation } from '@tanstack/react-query'
import { t, textOf } from '../../messages/t.js'
import { client } from '../../studio.js'
import { Button } from '../../ui/button.js'
import { ErrorNotice } from '../../ui/error-notice.js'
import { Note } from '../../ui/note.js'

/** Problems that are listed by name; the others are counted. */
const most = 8

/** Hashes everything that the log names again and looks at every signature: what is found, in words. */
export function useLogCheck(project: string) {
  return useMutation({
    mutationFn: async () => {
      const { path } = await client.projects.get({ project })
      return client.projects.check({ path, rebuild: false })
    },
  })
}

export function LogCheckButton({ check }: { readonly check: ReturnType<typeof useLogCheck> }) {
  return (
    <Button size="small" icon="seal" isDisabled={check.isPending} onPress={() => check.mutate()}>
      {t('log.check')}
    </Button>
  )
}

export function LogCheckResult({ check }: { readonly check: ReturnType<typeof useLogCheck> }) {
  const { data, error, isPending } = check
  if (isPending) return <p className="small secondary" role="status">{t('log.checking')}</p>
  if (error) return <ErrorNotice error={error} steps={{ 'try-again': () => check.mutate() }} onClose={() => check.reset()} />
  if (!data) return null
  if (data.ok)
    return (
      <Note icon="seal" onClose={() => check.reset()}>
        {t('log.holds', { entries: data.commits, versions: data.versions, files: data.blobs })}
      </Note>
    )
  return (
    <Note icon="warn" warn onClose={() => check.reset()}>
      {t('log.does-not-hold', { count: data.problems.length })}
      <ul className="log-problems">
        {data.problems.slice(0, most).map(({ code, detail }) => (
          <li key={code + detail}>
            {textOf(`log.problem.${code}`) ?? code} <span className="mono faint">{detail.length > 80 ? `${detail.slice(0, 80)}…` : detail}</span>
          </li>
        ))}
      </ul>
    </Note>
  )
}
