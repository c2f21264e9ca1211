import { useState } from 'react'
import { useStudioEvent } from '../../events.js'
import { t } from '../../messages/t.js'
import { quietMs } from '../../state/quiet.js'
import { client } from '../../studio.js'
import { Button } from '../../ui/button.js'
import { Loading } from '../../ui/loading.js'
import { useJob, useSince } from '../queue/use-job.js'
import { WorkProgress } from '../queue/work-progress.js'

interface Told { readonly share: number | null; readonly step: string; readonly msLeft: number | null }

/** How far the look at a copy is, once it takes longer than a moment. Going elsewhere ends it. */
export function Reading({ call }: { readonly call: string }) {
  const [startedAt] = useState(() => Date.now())
  const [told, setTold] = useState<Told | null>(null)
  const isLong = useSince(startedAt, quietMs)
  useStudioEvent('call.progressed', (event) => {
    if (event.call === call) setTold(event)
  })
  if (!told || !isLong) return <Loading text={t('merge.reading')} lines={6} />
  return (
    <div className="merge-reading">
      <WorkProgress words={t('merge.reading')} share={told.share} step={told.step} msLeft={told.msLeft} />
    </div>
  )
}

/** How far a merge is, below the button that began it. */
export function Merging({ job, startedAt }: { readonly job: string; readonly startedAt: number }) {
  const view = useJob(job)
  if (!useSince(startedAt, quietMs)) return null
  return (
    <>
      <WorkProgress words={t('merge.merging')} share={view?.share ?? null} step={view?.waits ?? view?.step ?? ''} msLeft={view?.msLeft ?? null} />
      <Button size="small" look="quiet" onPress={() => void client.jobs.cancel({ job }).catch(() => undefined)}>
        {t('work.cancel')}
      </Button>
    </>
  )
}
