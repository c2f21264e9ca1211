import { useMutation } from '@tanstack/react-query'
import type { ModelView } from '../../../contract/index.js'
import { formatHash, formatSize } from '../../format/size.js'
import { t } from '../../messages/t.js'
import { studio } from '../../studio.js'
import { Button } from '../../ui/button.js'
import { ErrorNotice } from '../../ui/error-notice.js'
import { Icon, type IconName } from '../../ui/icon.js'

interface ModelCardProps {
  readonly model: ModelView
  /** Bytes of memory that models may use on this computer, where known. */
  readonly allowed: number | null
}

const fitLook: Record<ModelView['fit'], { readonly icon: IconName; readonly look: string }> = {
  fits: { icon: 'check', look: 'well' },
  tight: { icon: 'info', look: 'warned' },
  'too-large': { icon: 'warn', look: 'danger' },
  unknown: { icon: 'minus', look: 'faint' },
}

function fitWords({ fit, neededBytes }: ModelView, allowed: number | null): string {
  if (fit === 'unknown' || neededBytes === null) return t('models.unknown')
  const size = formatSize(neededBytes)
  if (fit === 'too-large') return t('models.too-large', { size, allowed: allowed === null ? '–' : formatSize(allowed) })
  return t(`models.${fit}`, { size })
}

export function ModelCard({ model, allowed }: ModelCardProps) {
  const unload = useMutation(studio.models.unload.mutationOptions())
  const forget = useMutation(studio.models.forget.mutationOptions())
  const fit = fitLook[model.fit]
  return (
    <article className="model card" aria-label={model.name}>
      <div className="row model-head">
        <h3 className="model-name">{model.name}</h3>
        <span className="small faint">{t(`models.kind.${model.kind}`)}</span>
        {model.demo && !/demo/i.test(model.name) ? <span className="demo">{t('model.demo')}</span> : null}
      </div>
      <p className="model-good">{model.about}</p>
      <dl className="facts small">
        <dt>{t('models.here')}</dt>
        <dd className={`row model-fit ${model.problem ? 'danger' : fit.look}`}>
          <Icon name={model.problem ? 'warn' : fit.icon} small />
          {model.problem ?? fitWords(model, allowed)}
        </dd>
        <dt>{t('models.licence')}</dt>
        <dd>{model.licence || t('about.licence-unknown')}</dd>
        {model.path !== null && !model.builtIn ? (
          <>
            <dt>{t('models.lies')}</dt>
            <dd className="mono model-path" title={model.path}><bdi>{model.path}</bdi></dd>
          </>
        ) : null}
        {model.path !== null && model.problem === null ? (
          <>
            <dt>{t('models.hash')}</dt>
            <dd className={model.hash === null ? 'faint' : 'mono'}>
              {model.hash === null ? t(model.fit === 'too-large' || model.builtIn ? 'models.hash-later' : 'models.hash-coming') : <span title={model.hash}>{formatHash(model.hash)}</span>}
            </dd>
          </>
        ) : null}
      </dl>
      {unload.error || forget.error ? <ErrorNotice error={unload.error ?? forget.error} /> : null}
      <div className="model-foot">
        {model.path === null ? (
          <span className="small faint">{t('models.offered')}</span>
        ) : model.problem !== null || model.fit === 'too-large' ? (
          <span className="small faint">{t('models.not-usable')}</span>
        ) : (
          <span className="row small well model-ready">
            <Icon name="check" small />
            {model.loaded ? t('models.in-memory') : t('models.ready')}
            {model.builtIn ? <span className="faint">{t('models.built-in')}</span> : null}
          </span>
        )}
        {model.loaded ? (
          <Button size="small" look="quiet" isDisabled={unload.isPending} onPress={() => unload.mutate({ model: model.id })}>
            {t('models.unload')}
          </Button>
        ) : null}
        {model.path !== null && !model.builtIn ? (
          <Button size="small" look="quiet" isDisabled={forget.isPending} onPress={() => forget.mutate({ model: model.id })}>
            {t('models.forget')}
          </Button>
        ) : null}
        <span className="push small secondary number">{formatSize(model.fileSize)}</span>
      </div>
    </article>
  )
}
