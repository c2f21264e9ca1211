import { Header, ListBox, ListBoxItem, ListBoxSection } from 'react-aria-components'
import type { SearchHit } from '../../../contract/index.js'
import { t } from '../../messages/t.js'
import { showView } from '../../state/route.js'
import { Icon } from '../../ui/icon.js'
import { hitIcon } from './hit.js'
import { MeaningNote } from './meaning-note.js'
import { shortenLead, snippetParts } from './snippet.js'
import type { Found } from './use-found.js'
import './search.css'

/** Beside the desk's rows only the best are shown; the palette has them all. */
export const mostOnDesk = { words: 6, meaning: 5 }

/** What was found inside of items, under the rows whose titles fit: by words first, then by meaning. */
export function DeskHits({ found }: { readonly found: Found }) {
  const inside = found.words.filter(({ where }) => where !== 'title')
  const sections = [
    { id: 'words', name: t('palette.hits'), hint: null, hits: inside },
    { id: 'meaning', name: t('search.by-meaning'), hint: t('search.by-meaning-hint'), hits: found.meaning },
  ].filter(({ hits }) => hits.length > 0)
  const open = (key: string): void => {
    const hit = sections.flatMap(({ id, hits }) => hits.map((one, at) => ({ key: keyOf(id, one, at), one }))).find((each) => each.key === key)
    if (hit) showView({ type: 'item', item: hit.one.item })
  }
  return (
    <div className="desk-hits">
      {sections.length > 0 ? (
        <ListBox aria-label={t('search.found')} items={sections} selectionMode="none" onAction={(key) => open(String(key))}>
          {(section) => (
            <ListBoxSection id={section.id}>
              <Header className="desk-hits-head">{section.name}{section.hint ? <span className="block faint">{section.hint}</span> : null}</Header>
              {section.hits.map((hit, at) => <HitRow key={keyOf(section.id, hit, at)} id={keyOf(section.id, hit, at)} hit={hit} />)}
            </ListBoxSection>
          )}
        </ListBox>
      ) : null}
      <MeaningNote state={found.state} />
    </div>
  )
}

const keyOf = (section: string, hit: SearchHit, at: number): string => `${section}-${at}-${hit.item}`

function HitRow({ id, hit }: { readonly id: string; readonly hit: SearchHit }) {
  const place = t('palette.where', { where: hit.where, title: hit.title })
  return (
    <ListBoxItem id={id} className="desk-hit" textValue={`${hit.snippet} ${place}`}>
      <Icon name={hitIcon(hit)} small />
      <span className="desk-hit-words">
        <span className="desk-hit-passage">{snippetParts(shortenLead(hit.snippet)).map((part, at) => (part.isMatch ? <mark key={at}>{part.text}</mark> : part.text))}</span>
        <span className="block small faint truncate">{place}</span>
      </span>
    </ListBoxItem>
  )
}
