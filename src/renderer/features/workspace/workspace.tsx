import { useEffect, useRef, useState } from 'react'
import { Group, Panel, Separator, type PanelImperativeHandle } from 'react-resizable-panels'
import type { ProjectSummary, Settings } from '../../../contract/index.js'
import { t, textOf } from '../../messages/t.js'
import { remembered, useRemembered } from '../../state/layout.js'
import type { View } from '../../state/route.js'
import { Note } from '../../ui/note.js'
import { FilesIn } from '../bring-in/files-in.js'
import { Chooser } from '../chooser/chooser.js'
import { ProjectNote } from '../copies/index.js'
import { Desk } from '../desk/desk.js'
import { Guard } from '../errors/guard.js'
import { Inspector } from '../inspector/inspector.js'
import { Palette } from '../palette/palette.js'
import { ExportEverything } from '../exporting/index.js'
import { Queue } from '../queue/queue.js'
import { WorkNotes } from '../queue/work-notes.js'
import { Tour } from '../tour/index.js'
import { useCompareKeys } from './use-compare-keys.js'
import { useInspected } from './use-inspected.js'
import { usePaneSize } from './pane-size.js'
import { keepFocus } from './keep-focus.js'
import { followFocus } from './panes.js'
import { TitleBar } from './title-bar.js'
import { useWorkspaceKeys } from './use-workspace-keys.js'
import { Work } from './work.js'
import './workspace.css'

interface WorkspaceProps {
  readonly project: ProjectSummary
  readonly view: View
  readonly settings: Settings
}

/** One window, one place for everything: desk, work, inspector and queue. */
export function Workspace({ project, view, settings }: WorkspaceProps) {
  const [showsDesk, setShowsDesk] = useRemembered('pane.desk.shown', true)
  const [showsInspector, setShowsInspector] = useRemembered('pane.inspector.shown', true)
  const [showsQueue, setShowsQueue] = useRemembered('pane.queue.shown', false)
  const [tab, setTab] = useRemembered('inspector.tab', 'make')
  const desk = useRef<PanelImperativeHandle>(null)
  const inspector = useRef<PanelImperativeHandle>(null)
  const keepDesk = usePaneSize('pane.desk.width')
  const keepInspector = usePaneSize('pane.inspector.width')
  useEffect(followFocus, [])
  useEffect(keepFocus, [])
  const inspected = useInspected(view)
  // The review desk has panes of its own beside it.
  const hasDesk = showsDesk && view.type !== 'review'

  useCompareKeys(project.handle, view)
  useWorkspaceKeys({
    project: project.handle,
    toggleDesk: () => setShowsDesk(!showsDesk),
    toggleQueue: () => setShowsQueue(!showsQueue),
    showTab: (id) => { setShowsInspector(true); setTab(id) },
  })

  return (
    <div className="window workspace">
      <TitleBar
        project={project} settings={settings} showsInspector={showsInspector} hasInspector={inspected !== null}
        onToggleInspector={() => setShowsInspector(!showsInspector)}
      />
      <Notices project={project} />
      <Guard><Tour project={project} /></Guard>
      <Group className="window-body" orientation="horizontal" role="main">
        {hasDesk ? (
          <>
            <Panel id="desk" panelRef={desk} defaultSize={widthOf('pane.desk.width', '--pane-left')} minSize={180} maxSize={480} groupResizeBehavior="preserve-pixel-size" onResize={keepDesk}>
              <section className="pane pane-left" aria-label={t('desk.name')} data-pane="desk" tabIndex={-1}>
                <Guard><Desk project={project.handle} readOnly={project.readOnly} view={view} /></Guard>
              </section>
            </Panel>
            <Separator className="pane-handle" aria-label={t('workspace.resize-desk')} />
          </>
        ) : null}
        <Panel id="work" minSize={320}>
          <section className="work" aria-label={t('workspace.work')} data-pane="work" tabIndex={-1}><Guard><Work project={project} view={view} /></Guard></section>
        </Panel>
        {inspected !== null && showsInspector ? (
          <>
            <Separator className="pane-handle" aria-label={t('workspace.resize-inspector')} />
            <Panel id="inspector" panelRef={inspector} defaultSize={widthOf('pane.inspector.width', '--pane-right')} minSize={260} maxSize={560} groupResizeBehavior="preserve-pixel-size" onResize={keepInspector}>
              <section className="pane pane-right" aria-label={t('inspector.name')} data-pane="inspector" tabIndex={-1}>
                <Guard><Inspector project={project} item={inspected} tab={tab} onTab={setTab} /></Guard>
              </section>
            </Panel>
          </>
        ) : null}
      </Group>
      <Guard><Queue project={project.handle} isOpen={showsQueue} onToggle={() => setShowsQueue(!showsQueue)} /></Guard>
      <Palette project={project} onToggleDesk={() => setShowsDesk(!showsDesk)} onToggleQueue={() => setShowsQueue(!showsQueue)} />
      <FilesIn project={project} view={view} />
      <ExportEverything project={project} />
      <Chooser />
    </div>
  )
}

/** A remembered width in pixels, or what the tokens say for this size of window. */
function widthOf(key: string, token: string): number {
  const fallback = Number.parseInt(getComputedStyle(document.documentElement).getPropertyValue(token), 10) || 264
  return remembered(key, fallback)
}

function Notices({ project }: { readonly project: ProjectSummary }) {
  const [closed, setClosed] = useState<readonly string[]>([])
  const open = project.notices.filter((notice) => !closed.includes(notice))
  return (
    <div className="notices">
      {open.map((notice) => (
        <Note key={notice} warn onClose={() => setClosed([...closed, notice])}>{textOf(`notice.${notice}`) ?? notice}</Note>
      ))}
      <ProjectNote project={project.handle} />
      <WorkNotes project={project.handle} />
    </div>
  )
}
