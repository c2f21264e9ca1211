import {
  ArrowDownToLine, ArrowLeftRight, AudioLines, Award, Check, ChevronDown, ChevronRight, ChevronUp, ChevronsUpDown, CircleAlert, Code, Contrast, Copy, Cpu, Dices, Eye, File,
  FileText, Film, Folder, FolderPlus, FolderUp, GitFork, GitMerge, GripVertical, History, Image, Inbox, Info, Keyboard, Layers, Lock, Minus, PanelLeft, PanelRight, Pause,
  Brush, Crop, Eraser, FlipHorizontal2, FlipVertical2, RotateCw,
  BoxSelect, ChevronLeft, ChevronFirst, ChevronLast, Columns2, FolderInput, LayoutGrid, Maximize, Maximize2, MessageSquarePlus, MousePointer2, Move, ZoomIn, ZoomOut, Pencil, Play, Plug, Plus, Redo2, RotateCcw, ScrollText, Search, SlidersHorizontal, Tag, Trash2, TriangleAlert, Undo2, UserRound, X, Ellipsis, ImageUpscale, type LucideIcon,
} from 'lucide-react'

const icons = {
  alert: CircleAlert, audio: AudioLines, check: Check, chip: Cpu, code: Code, comment: MessageSquarePlus, compare: Columns2, copy: Copy, dice: Dices, down: ChevronDown, export: ArrowDownToLine, eye: Eye,
  file: File, film: Film, folder: Folder, 'folder-new': FolderPlus, 'folder-up': FolderUp, grip: GripVertical, history: History, image: Image, info: Info,
  inbox: Inbox, keyboard: Keyboard, lineage: GitFork, lock: Lock, log: ScrollText, merge: GitMerge, minus: Minus, models: Layers, more: Ellipsis, offline: Plug, 'pane-left': PanelLeft, pane: PanelRight,
  pause: Pause, pen: Pencil, person: UserRound, play: Play, plus: Plus, redo: Redo2, retry: RotateCcw, right: ChevronRight, seal: Award, search: Search,
  settings: SlidersHorizontal, swap: ArrowLeftRight, tag: Tag, text: FileText, theme: Contrast, trash: Trash2, undo: Undo2, up: ChevronUp, updown: ChevronsUpDown,
  warn: TriangleAlert, x: X,
  brush: Brush, crop: Crop, eraser: Eraser, 'flip-across': FlipVertical2, 'flip-down': FlipHorizontal2, 'turn-left': RotateCcw, 'turn-right': RotateCw,
  'bring-in': FolderInput, expand: Maximize2, fit: Maximize, gallery: LayoutGrid, hand: Move, left: ChevronLeft, first: ChevronFirst, last: ChevronLast, pointer: MousePointer2, region: BoxSelect, 'zoom-in': ZoomIn, 'zoom-out': ZoomOut, enlarge: ImageUpscale,
} satisfies Record<string, LucideIcon>

export type IconName = keyof typeof icons

interface IconProps {
  readonly name: IconName
  /** 14 instead of 16 pixels. */
  readonly small?: boolean
  readonly className?: string
}

/** A drawing beside words; it says nothing that the words do not, so readers of the screen skip it. */
export function Icon({ name, small = false, className = '' }: IconProps) {
  const Drawing = icons[name]
  return <Drawing className={`icon ${small ? 'icon-small' : ''} ${className}`} size={small ? 14 : 16} strokeWidth={1.5} absoluteStrokeWidth aria-hidden="true" />
}

/** The mark of the studio: a proof with a wide margin. */
export function Mark() {
  return (
    <svg className="mark" viewBox="0 0 22 22" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" strokeLinejoin="round" aria-hidden="true">
      <path d="M18.25 3.75H3.75v14.5h14.5" />
      <path d="M7.5 8h9M7.5 11h9M7.5 14h5.5" />
    </svg>
  )
}
