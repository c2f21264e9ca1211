import type { FactOf } from '../../contract/index.js'
import { decisionBytes, membershipBytes, type Author } from '../project/index.js'

type Unsigned<K extends 'decision' | 'membership'> = Omit<FactOf<K>, 'kind' | 'by' | 'key' | 'signature'>

/** A decision with the author's own signature over all of it [SIGN1]. */
export async function signDecision(author: Author, decision: Unsigned<'decision'>): Promise<FactOf<'decision'>> {
  const fact = { kind: 'decision', by: author.person, key: author.signer.publicKey, ...decision } as const
  return { ...fact, signature: await author.signer.sign(decisionBytes(fact)) }
}

/** A membership with the author's own signature; it counts only from the founder [MEMBER1]. */
export async function signMembership(author: Author, membership: Unsigned<'membership'>): Promise<FactOf<'membership'>> {
  const fact = { kind: 'membership', by: author.person, key: author.signer.publicKey, ...membership } as const
  return { ...fact, signature: await author.signer.sign(membershipBytes(fact)) }
}
