import { useQuery } from '@tanstack/react-query'
import { pictureUrl, previewUrl, type JobView } from '../../../contract/index.js'
import { t } from '../../messages/t.js'
import { studio } from '../../studio.js'
import { Icon } from '../../ui/icon.js'
import { outputsOf, usePreviews } from './use-picture-jobs.js'

/** More frames than these push the words away. */
const most = 4

/** A running picture job: finished pictures, the one that is being made, those to come. */
export function JobFrames({ job }: { readonly job: JobView }) {
  const live = usePreviews()
  const coming = outputsOf(job, live[job.id])
  const made = job.project ? job.results.slice(0, job.outputs.done) : []
  const making = coming.filter((output) => output.state === 'making').length
  const frames = [...made.map((version) => ({ version, output: null })), ...coming.map((output) => ({ version: null, output }))]
  // The one that is being made stays in sight of a long job.
  const first = Math.max(0, Math.min(made.length - 1, frames.length - most))
  return (
    <div className="frames" role="img" aria-label={t('job.frames', { done: made.length, making, waiting: coming.length - making })}>
      {frames.slice(first, first + most).map(({ version, output }) => (version ? <MadeFrame key={version} project={job.project!} version={version} /> : (
        <span key={output!.output} className={output!.state === 'making' ? 'is-making' : 'is-waiting'}>
          {output!.preview === null ? null : <img src={previewUrl(job.id, output!.output, output!.preview)} alt="" />}
        </span>
      )))}
    </div>
  )
}

/** The first picture of a job that is done. */
export function JobThumb({ job }: { readonly job: JobView }) {
  const [version] = job.results
  return <div className="preview">{job.project && version ? <MadePicture project={job.project} version={version} /> : <Icon name="image" />}</div>
}

function MadeFrame({ project, version }: { readonly project: string; readonly version: string }) {
  return <span><MadePicture project={project} version={version} /></span>
}

function MadePicture({ project, version }: { readonly project: string; readonly version: string }) {
  const content = useQuery(studio.items.version.queryOptions({ input: { project, version } })).data?.content
  return content?.type === 'blob' ? <img src={pictureUrl(project, content.hash, 160)} alt="" /> : null
}

/** What an image job is about, in words. */
export function pictureJobLine(job: JobView): string {
  if (job.detail === 'remake') return t('job.remake')
  if (job.detail === 'enlarge') return t('job.enlarge')
  return t('job.pictures-of', { done: job.outputs.done, wanted: job.outputs.wanted })
}

/** How making a picture again came out. */
export function remakeLine({ identical, sameEngine }: NonNullable<JobView['remake']>): string {
  if (identical) return t('remake.identical')
  return t(sameEngine ? 'remake.different' : 'remake.different-engine')
}
