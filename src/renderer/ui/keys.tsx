import { isMac } from '../shell.js'

/** Key caps, such as `Ctrl+Enter`; Ctrl is shown as Cmd on a Mac. */
export function Keys({ keys }: { readonly keys: string }) {
  const caps = keys.split('+').map((key) => (isMac && key === 'Ctrl' ? '⌘' : isMac && key === 'Shift' ? '⇧' : key))
  return <span className="keys" aria-hidden="true">{caps.map((cap) => <kbd className="key" key={cap}>{cap}</kbd>)}</span>
}
