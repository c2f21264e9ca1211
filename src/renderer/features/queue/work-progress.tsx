import { formatAbout } from '../../format/time.js'
import { t, textOf } from '../../messages/t.js'
import { Progress } from '../../ui/progress.js'
import './work.css'

interface WorkProgressProps {
  /** What is being done, for who does not see the bar. */
  readonly words: string
  readonly share: number | null
  readonly step: string
  readonly msLeft: number | null
}

/** How far work is, what it does now, and how long it still takes. */
export function WorkProgress({ words, share, step, msLeft }: WorkProgressProps) {
  return (
    <div className="work-progress">
      <Progress label={t('work.progress', { words })} share={share} step={textOf(`step.${step}`) ?? textOf(`wait.${step}`) ?? ''} />
      <span className="number small secondary">{msLeft === null ? '' : t('work.left', { time: formatAbout(msLeft) })}</span>
    </div>
  )
}
