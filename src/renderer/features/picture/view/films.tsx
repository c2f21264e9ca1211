import { useEffect, useRef } from 'react'
import { ListBox, ListBoxItem } from 'react-aria-components'
import { pictureUrl, previewUrl, type VersionSummary } from '../../../../contract/index.js'
import { t } from '../../../messages/t.js'
import { Button } from '../../../ui/button.js'
import { Icon } from '../../../ui/icon.js'
import type { Output } from '../use-picture-jobs.js'
import type { Shown } from '../use-shown.js'

const keyOf = ({ job, output }: Output): string => `${job}#${output}`

interface FilmsProps {
  readonly project: string
  readonly shown: Shown
}

/** The versions of a picture side by side, and behind them those that are being made. */
export function Films({ project, shown: { versions, coming, version, output, query, show, watch } }: FilmsProps) {
  const strip = useRef<HTMLDivElement>(null)
  const selected = output ? keyOf(output) : (version?.id ?? null)
  const films = [...versions.map((one) => ({ id: one.id, version: one, output: null })), ...coming.map((one) => ({ id: keyOf(one), version: null, output: one }))]

  useEffect(() => {
    const film = selected ? strip.current?.querySelector(`[data-key="${CSS.escape(selected)}"]`) : null
    film?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [selected, films.length])

  return (
    <div className="films" ref={strip}>
      {query.hasNextPage ? <Button size="small" look="quiet" isDisabled={query.isFetchingNextPage} onPress={() => void query.fetchNextPage()}>{t('picture.older')}</Button> : null}
      <ListBox
        className="film-list" orientation="horizontal" aria-label={t('picture.films')} items={films} selectionMode="single" selectionBehavior="replace" disallowEmptySelection
        selectedKeys={selected ? [selected] : []}
        onSelectionChange={(keys) => {
          const [key] = keys === 'all' ? [] : [...keys]
          const film = films.find((one) => one.id === key)
          if (film?.version) show(film.version.id)
          else if (film?.output) watch(film.output)
        }}
      >
        {(film) => (film.version ? <VersionFilm project={project} version={film.version} /> : <ComingFilm output={film.output} />)}
      </ListBox>
    </div>
  )
}

function VersionFilm({ project, version }: { readonly project: string; readonly version: VersionSummary }) {
  const { content, picked } = version
  const name = t('picture.film', { number: version.ordinal })
  const mark = picked === null ? '' : `, ${t(picked ? 'picture.kept' : 'picture.is-aside')}`
  return (
    <ListBoxItem id={version.id} textValue={name} aria-label={name + mark} className={`film ${picked === false ? 'is-aside' : ''}`}>
      <span className="film-picture">{content.type === 'blob' && !version.removed ? <img src={pictureUrl(project, content.hash, 160)} alt="" loading="lazy" /> : <Icon name="image" />}</span>
      <span className="film-line">
        <span className="number">{version.ordinal}</span>
        {picked === null ? null : <span className={`mark-${picked ? 'kept' : 'aside'}`}><Icon name={picked ? 'check' : 'x'} small /></span>}
      </span>
    </ListBoxItem>
  )
}

function ComingFilm({ output }: { readonly output: Output }) {
  const isMaking = output.state === 'making'
  return (
    <ListBoxItem id={keyOf(output)} textValue={t('picture.preview-of', { number: output.output + 1 })} aria-label={t('picture.preview-of', { number: output.output + 1 })} className="film film-coming">
      <span className={`film-picture ${isMaking ? 'is-making' : 'is-waiting'}`}>
        {output.preview === null ? null : <img src={previewUrl(output.job, output.output, output.preview)} alt="" />}
      </span>
      <span className="film-line"><span className="number">{t(isMaking ? 'picture.making' : 'picture.to-come')}</span></span>
    </ListBoxItem>
  )
}
