import { Button as AriaButton, GridListItem } from 'react-aria-components'
import type { JobView } from '../../../contract/index.js'
import { formatAbout, formatWhen } from '../../format/time.js'
import { t, textOf } from '../../messages/t.js'
import { explainRecord } from '../../problem.js'
import { bridge } from '../../shell.js'
import { showView } from '../../state/route.js'
import { Button, IconButton } from '../../ui/button.js'
import { Icon, type IconName } from '../../ui/icon.js'
import { Progress } from '../../ui/progress.js'
import { JobFrames, JobThumb, pictureJobLine, remakeLine } from '../picture/job-frames.js'
import type { JobActions } from './use-job-actions.js'

const icons: Record<JobView['kind'], IconName> = { text: 'text', image: 'image', download: 'export', import: 'bring-in', export: 'export', merge: 'lineage', copy: 'copy', index: 'search' }

interface JobRowProps {
  readonly job: JobView
  readonly actions: JobActions
}

export function JobRow({ job, actions }: JobRowProps) {
  const canMove = job.state === 'waiting'
  const isLive = job.kind === 'image' && job.state === 'running' && job.detail !== 'remake'
  return (
    <GridListItem id={job.id} textValue={job.title} className={`job job-${job.state} ${isLive ? 'job-live' : ''}`}>
      <AriaButton slot="drag" className="job-grip" isDisabled={!canMove} aria-label={t('queue.reorder', { title: job.title })}><Icon name="grip" /></AriaButton>
      {isLive ? <JobFrames job={job} /> : job.kind === 'image' ? <JobThumb job={job} /> : <div className="preview"><Icon name={icons[job.kind]} /></div>}
      <div className="what">
        <div className="medium" title={job.title}>
          {job.item ? <AriaButton className="job-open" aria-label={t('queue.open-item', { title: job.title })} onPress={() => { if (job.item) showView({ type: 'item', item: job.item }) }}>{job.title}</AriaButton> : job.title}
        </div>
        <div className="small secondary">{job.kind === 'image' ? pictureJobLine(job) : detailOf(job)}</div>
      </div>
      <State job={job} />
      <div className="time">{timeOf(job)}</div>
      <Acts job={job} actions={actions} />
    </GridListItem>
  )
}

function detailOf(job: JobView): string {
  return textOf(`job.detail.${job.detail}`, { wanted: job.outputs.wanted }) ?? textOf(`make.operation.${job.detail}`) ?? job.detail
}

function timeOf(job: JobView): string {
  if (job.state === 'running' && job.msLeft !== null) return formatAbout(job.msLeft)
  if (job.state === 'done' && job.endedAt !== null) return formatWhen(job.endedAt)
  return ''
}

function State({ job }: { readonly job: JobView }) {
  switch (job.state) {
    case 'running':
      return <Progress label={t('queue.progress', { title: job.title })} share={job.share} step={textOf(`step.${job.step}`) ?? job.step} />
    case 'waiting':
      return <div className="small secondary job-state">{textOf(`wait.${job.waits ?? 'waits-turn'}`) ?? job.waits}</div>
    case 'failed': {
      const sentence = job.error ? explainRecord(job.error).sentence : t('job.state.failed')
      return <div className="small job-state job-sentence" title={sentence}><Icon name="warn" small className="danger" /><span>{sentence}</span></div>
    }
    case 'interrupted': {
      const words = job.text?.split(/\s+/).filter(Boolean).length ?? 0
      return <div className="small job-state job-sentence"><Icon name="retry" small className="warned" /><span>{words > 0 ? t('job.interrupted-words', { count: words }) : (outcomeLine(job) ?? (job.kind === 'text' || job.kind === 'image' ? t('job.interrupted') : t('job.interrupted-whole')))}</span></div>
    }
    case 'done':
      return <div className="small secondary job-state job-sentence"><Icon name="check" small className="well" /><span>{doneLine(job)}</span></div>
    case 'cancelled':
      return <div className="small secondary job-state">{[t('job.state.cancelled'), outcomeLine(job)].filter(Boolean).join('. ')}</div>
  }
}

function doneLine(job: JobView): string {
  if (job.remake) return remakeLine(job.remake)
  const outcome = outcomeLine(job)
  if (outcome) return outcome
  if (job.results.length === 0) return t('job.state.done')
  if (job.detail === 'enlarge') return t('job.enlarged')
  return job.kind === 'text' ? t('job.proposal-ready') : job.kind === 'image' ? t('job.pictures-ready', { count: job.results.length }) : t('job.state.done')
}

/** What work with files came to, or has come to so far. */
function outcomeLine({ outcome }: JobView): string | null {
  switch (outcome?.type) {
    case 'import':
      return outcome.refusals > 0 ? t('job.imported-refused', { imported: outcome.imported, of: outcome.of, refused: outcome.refusals }) : t('job.imported', { imported: outcome.imported, of: outcome.of })
    case 'export':
      return t('job.exported', { count: outcome.files })
    case 'copy':
      return t('job.copied')
    case 'merge':
      return t('job.merged', { items: outcome.items, versions: outcome.versions })
    default:
      return null
  }
}

/** Where the file or folder lies that a job made; null where it made none or the shell cannot show it. */
function placeOf({ state, outcome }: JobView): string | null {
  return state === 'done' && (outcome?.type === 'export' || outcome?.type === 'copy') && bridge()?.showInFolder ? outcome.path : null
}

/** The next step as a word where there is one to take, the rest as icons. */
function Acts({ job, actions }: JobRowProps) {
  const isPaused = job.state === 'waiting' && job.waits === 'paused'
  const isActive = job.state === 'running' || job.state === 'waiting'
  // What cannot go on in its middle can be paused only as long as it waits.
  const canPause = job.state === 'waiting' || (job.state === 'running' && (job.kind === 'image' || job.kind === 'import'))
  const place = placeOf(job)
  return (
    <div className="acts">
      {job.state === 'failed' || job.state === 'interrupted' || job.state === 'cancelled' ? <Button size="small" look={job.state === 'cancelled' ? 'quiet' : 'plain'} onPress={() => actions.retry(job.id)}>{retryLabel(job)}</Button> : null}
      {place === null ? null : <IconButton icon="folder" small label={t('job.show', { title: job.title })} onPress={() => void bridge()?.showInFolder?.(place)} />}
      {canPause && !isPaused ? <IconButton icon="pause" small label={t('queue.pause')} onPress={() => actions.pause(job.id)} /> : null}
      {isPaused ? <IconButton icon="play" small label={t('queue.resume')} onPress={() => actions.resume(job.id)} /> : null}
      {isActive ? <IconButton icon="x" small label={t('queue.cancel')} onPress={() => actions.cancel(job.id)} /> : <IconButton icon="x" small label={t('queue.dismiss')} onPress={() => actions.dismiss(job.id)} />}
    </div>
  )
}

/** Pictures that came are kept: trying again makes the others. */
function retryLabel({ kind, detail, outputs: { done, wanted } }: JobView): string {
  return kind === 'image' && detail !== 'remake' && done > 0 && done < wanted ? t('queue.retry-others', { count: wanted - done }) : t('queue.retry')
}
