import { randomUUID } from 'node:crypto'
import { userInfo } from 'node:os'
import type { Author, Signer } from './project/types.js'
import type { KeyValueStore } from './studio-db/index.js'

/** Local identities: a name, the id that commits carry, and a key that the shell keeps. */
export interface People {
  /** The person at this computer: the one of the settings, first made from the system's user name. */
  current(): Promise<Author>
}

interface Identity { person: string; name: string }

/**
 * A person keeps their id when they change their name; another name given by `asPerson` is another identity with a
 * key of its own, so that one computer can stand in for two people without their signatures being mixed up.
 */
export function createPeople(options: {
  store: KeyValueStore
  settingsName: () => string | null
  asPerson?: string
  signerFor: (person: string) => Promise<Signer>
}): People {
  const { store, settingsName, asPerson, signerFor } = options

  function identityOfSettings(): Identity {
    const kept = store.get('identity') as Identity | undefined
    const name = settingsName() ?? kept?.name ?? userInfo().username
    const identity = { person: kept?.person ?? randomUUID(), name }
    if (!kept || kept.name !== name) store.set('identity', identity)
    return identity
  }

  function identityOf(name: string): Identity {
    const own = identityOfSettings()
    if (own.name === name) return own
    const kept = (store.get('identities') as Record<string, Identity> | undefined) ?? {}
    const known = kept[name]
    if (known) return known
    const identity = { person: randomUUID(), name }
    store.set('identities', { ...kept, [name]: identity })
    return identity
  }

  return {
    async current() {
      const { person, name } = asPerson ? identityOf(asPerson) : identityOfSettings()
      return { person, name, signer: await signerFor(person) }
    },
  }
}
