import { randomUUID } from 'node:crypto'
import { userInfo } from 'node:os'
import type { Author, Signer } from './project/index.js'
import type { KeyValueStore } from './studio-db/index.js'

/** Local identities: a name and the id that commits carry. The key is the shell's, one for each identity. */
export interface People {
  /** The person at this computer: the one of the settings, first made from the system's user name. */
  current(): Author
}

interface Identity { readonly person: string; readonly name: string }

function systemName(): string {
  try {
    return userInfo().username
  } catch {
    return 'Somebody' // a user id without an entry, as in some containers
  }
}

/**
 * A person keeps their id when they change their name. `asPerson` is another identity with an id of its own (and a key
 * that the shell chose for it), so that one computer can stand in for two people whose signatures stay apart.
 */
export function createPeople(options: { store: KeyValueStore; settingsName: () => string | null; asPerson?: string; signer: Signer }): People {
  const { store, settingsName, asPerson, signer } = options

  function keep(key: string, name: string): Identity {
    const text = store.get(key)
    const kept = text ? (JSON.parse(text) as Identity) : null
    if (kept?.name === name) return kept
    const identity = { person: kept?.person ?? randomUUID(), name }
    store.set(key, JSON.stringify(identity))
    return identity
  }

  return {
    current() {
      const identity = asPerson ? keep(`as:${asPerson}`, asPerson) : keep('own', settingsName() ?? systemName())
      return { ...identity, signer }
    },
  }
}
