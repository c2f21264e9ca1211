import { useEffect, useEffectEvent, useState } from 'react'
import { Autocomplete, Dialog, Header, Input, ListBox, ListBoxItem, ListBoxSection, Modal, ModalOverlay, SearchField } from 'react-aria-components'
import { t, textOf } from '../../messages/t.js'
import { useDesk } from '../../state/desk.js'
import { overlay, paletteWords, useOverlay } from '../../state/overlay.js'
import { showView } from '../../state/route.js'
import { Icon, type IconName } from '../../ui/icon.js'
import { Keys } from '../../ui/keys.js'
import { ReviewStateMark } from '../../ui/review-state.js'
import type { ItemSummary, ProjectSummary, SearchHit } from '../../../contract/index.js'
import { hitIcon } from '../search/hit.js'
import { MeaningNote } from '../search/meaning-note.js'
import { shortenLead, snippetParts } from '../search/snippet.js'
import { useFound } from '../search/use-found.js'
import { kindIcons } from '../desk/desk-row.js'
import { folderTitles } from '../desk/tree.js'
import { parts, rank, rankAlso } from './match.js'
import { useCommands } from './use-commands.js'
import '../search/search.css'
import './palette.css'

/** More items than these are found by another word. */
const most = 30
/** How much of what stands inside of items is shown. */
const mostHits = { words: 20, meaning: 8 }

interface PaletteProps {
  readonly project: ProjectSummary
  readonly onToggleDesk: () => void
  readonly onToggleQueue: () => void
}

export function Palette(props: PaletteProps) {
  const isOpen = useOverlay() === 'palette'
  return (
    <ModalOverlay
      className="scrim scrim-top"
      isOpen={isOpen}
      isDismissable
      onOpenChange={(open) => {
        if (!open) overlay.set(null)
      }}
    >
      <Modal>
        <Dialog className="palette" aria-label={t('palette.name')}>
          {isOpen ? <Search {...props} /> : null}
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}

interface Row {
  readonly id: string
  readonly name: string
  readonly icon: IconName
  readonly keys?: string
  readonly item?: ItemSummary
  readonly place?: string
  /** A passage with what was found marked in it; the name is drawn where there is none. */
  readonly snippet?: string
  readonly run: () => void
}

interface Group {
  readonly id: string
  readonly name: string
  readonly hint?: string
  readonly rows: readonly Row[]
}

function Search({ project, onToggleDesk, onToggleQueue }: PaletteProps) {
  const [typed, setTyped] = useState(paletteWords.get())
  const { items, tree } = useDesk(project.handle)
  useEffect(() => () => paletteWords.set(''), [])
  const commands = useCommands({ project, onToggleDesk, onToggleQueue })
  const onlyCommands = typed.startsWith('>')
  const query = typed.replace(/^>/, '').trim()
  const sort = (rows: readonly Row[]): Row[] => rows.filter((row) => rank(row.name, query) >= 0).sort((a, b) => rank(b.name, query) - rank(a.name, query))
  const foundItems = onlyCommands
    ? []
    : sort(
        items.map((item): Row => ({
          id: `item-${item.id}`,
          name: item.title,
          icon: kindIcons[item.kind],
          item,
          place: folderTitles(tree, item.id).join(' / '),
          run: () => showView({ type: 'item', item: item.id }),
        })),
      ).slice(0, most)
  const rankOf = ({ id, name }: { id: string; name: string }): number => rankAlso(name, textOf(`palette.also.${id}`), query)
  const foundCommands = commands.filter((command) => rankOf(command) >= 0).sort((a, b) => rankOf(b) - rankOf(a))
    .map((command): Row => ({ ...command, id: `command-${command.id}` }))
  const found = useFound(project.handle, onlyCommands ? '' : query, mostHits)
  const listed = new Set(foundItems.map(({ item }) => item?.id))
  const rowsOf = (hits: readonly SearchHit[], by: string): readonly Row[] => hits
    .filter((hit) => hit.where !== 'title' || !listed.has(hit.item))
    .map((hit, index): Row => ({
      id: `${by}-${index}-${hit.item}`,
      name: `${hit.title}: ${snippetParts(hit.snippet).map(({ text }) => text).join('')}`,
      snippet: shortenLead(hit.snippet),
      icon: hitIcon(hit),
      place: t('palette.where', { where: hit.where, title: hit.title }),
      run: () => showView({ type: 'item', item: hit.item }),
    }))
  const foundHits = rowsOf(found.words, 'word')
  const foundByMeaning = rowsOf(found.meaning, 'meaning')
  const groups: readonly Group[] = [
    { id: 'commands', name: t('palette.commands'), rows: foundCommands },
    { id: 'items', name: t('palette.items'), rows: foundItems },
    // Below what is there at once: rows that come late must not move what Enter would choose.
    { id: 'hits', name: t('palette.hits'), rows: foundHits },
    { id: 'meaning', name: t('search.by-meaning'), hint: t('search.by-meaning-hint'), rows: foundByMeaning },
  ]
  const isPending = found.isPending || found.isMeaningPending
  // Without words the items stand first: going somewhere is what is asked for most.
  const shown = (query === '' && !onlyCommands ? [...groups].reverse() : groups).filter((group) => group.rows.length > 0)

  function run(key: string): void {
    const row = shown.flatMap(({ rows }) => rows).find((one) => one.id === key)
    // Closed first, so that focus comes back before the command moves it.
    overlay.set(null)
    if (row) setTimeout(row.run)
  }

  // Hits come after the key, and the list moves its mark only with one: Enter on an unmarked list takes the first row, once it is there.
  const [isWaiting, setWaiting] = useState(false)
  const runFirst = useEffectEvent(() => {
    setWaiting(false)
    const first = shown[0]?.rows[0]
    if (first) run(first.id)
  })
  // What was found by its words stands before what meaning may bring.
  const isFirstThere = !found.isPending && (shown.length > 0 || !found.isMeaningPending)
  useEffect(() => { if (isWaiting && isFirstThere) runFirst() }, [isWaiting, isFirstThere])
  function onEnter(input: Element): void {
    const marked = input.getAttribute('aria-activedescendant')
    if (!marked || !document.getElementById(marked)) setWaiting(true)
  }

  return (
    <Autocomplete inputValue={typed} onInputChange={(value) => { setWaiting(false); setTyped(value) }}>
      <SearchField
        aria-label={t('palette.name')}
        autoFocus
        className="palette-input"
        // One Escape leaves; emptying the field first would ask for two.
        onKeyDown={(event) => {
          if (event.key === 'Escape') return overlay.set(null)
          if (event.key === 'Enter') onEnter(event.target as Element)
          event.continuePropagation()
        }}
      >
        <Icon name="search" />
        <Input role="combobox" aria-expanded placeholder={t('palette.name')} spellCheck={false} autoComplete="off" />
        <span className="small faint" role="status">
          {query === '' ? '' : isPending ? t('palette.searching') : t('palette.found', { count: foundCommands.length + foundItems.length + foundHits.length + foundByMeaning.length })}
        </span>
      </SearchField>
      <ListBox aria-label={t('palette.name')} className="palette-list" items={shown} onAction={(key) => run(String(key))} selectionMode="none"
        renderEmptyState={() => (isPending ? null : (
          <div className="empty">
            <p className="title">{t('palette.nothing', { words: query })}</p>
            <p>{t(found.state?.state === 'ready' ? 'search.nothing-text' : 'palette.nothing-text')}</p>
          </div>
        ))}
      >
        {(group) => (
          <ListBoxSection id={group.id} className="palette-group">
            <Header className="palette-header">{group.name}{group.hint ? <span className="faint">{group.hint}</span> : null}</Header>
            {group.rows.map((row) => (
              <ListBoxItem id={row.id} key={row.id} textValue={row.name} className="palette-row">
                <Icon name={row.icon} />
                <span className="name truncate">
                  {(row.snippet === undefined ? parts(row.name, query) : snippetParts(row.snippet)).map((part, index) => (part.isMatch ? <mark key={index}>{part.text}</mark> : part.text))}
                </span>
                <span className="push">
                  {row.place ? <span className="palette-place truncate">{row.place}</span> : null}
                  {row.item ? <ReviewStateMark state={row.item.state} /> : null}
                  {row.keys ? <Keys keys={row.keys} /> : null}
                </span>
              </ListBoxItem>
            ))}
          </ListBoxSection>
        )}
      </ListBox>
      {query === '' || onlyCommands ? null : <MeaningNote state={found.state} />}
      <div className="palette-foot" aria-hidden="true">
        <span>
          <Keys keys="↑+↓" />
          {t('palette.move')}
        </span>
        <span>
          <Keys keys="Enter" />
          {t('palette.open')}
        </span>
        <span className="push">
          <Keys keys=">" />
          {t('palette.commands-only')}
        </span>
      </div>
    </Autocomplete>
  )
}
