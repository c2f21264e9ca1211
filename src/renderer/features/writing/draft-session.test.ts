import fc from 'fast-check'
import { history, undo } from 'prosemirror-history'
import { schema } from 'prosemirror-markdown'
import { describe, expect, it } from 'vitest'
import type { Node } from 'prosemirror-model'
import { DraftSession } from './draft-session.js'
import { FakeClock, FakeTexts, FakeWire } from './fake-texts.js'
import { markOrigin } from './rebasing.js'

const paragraph = (text: string): Node => schema.node('paragraph', null, text ? schema.text(text) : undefined)
const paragraphs = (...texts: string[]): Node => schema.node('doc', null, texts.map(paragraph))
const turn = (): Promise<void> => new Promise((resolve) => { setImmediate(resolve) })

function desk(doc: Node, name = 'session-one', texts = new FakeTexts(doc)) {
  const wire = new FakeWire(texts)
  const clock = new FakeClock()
  const session = new DraftSession({ client: wire.client(), session: name, parse: (json) => schema.nodeFromJSON(json), plugins: [history()], clock })
  const settle = async (): Promise<void> => {
    for (let round = 0; round < 200; round++) {
      await turn()
      const next = wire.answers.shift() ?? wire.requests.shift()
      if (next) next()
      else if (round > 0 && !session.status.unsent && session.status.phase === 'ready') break
      else clock.advance(5000)
    }
    await turn()
  }
  const type = (text: string, at: number): void => { session.dispatch(session.state!.tr.insertText(text, at)) }
  return { texts, wire, clock, session, settle, type }
}

async function openDesk(...texts: string[]) {
  const made = desk(paragraphs(...texts))
  made.session.start()
  await made.settle()
  return made
}

/** Everything the wire holds, in order. */
async function deliver(wire: FakeWire): Promise<void> {
  for (;;) {
    await turn()
    const next = wire.answers.shift() ?? wire.requests.shift()
    if (!next) return
    next()
  }
}

describe('a draft session', () => {
  it('[DRAFT1] sends typed steps after a pause, in one batch, and knows when they are kept', async () => {
    const { session, texts, wire, clock, type } = await openDesk('Once.')
    type('A', 1)
    type('B', 2)
    expect(session.status.unsent).toBe(true)
    clock.advance(100)
    await deliver(wire)
    expect(texts.number).toBe(0)
    clock.advance(60)
    await deliver(wire)
    expect(texts.log.map(({ steps }) => steps.length)).toEqual([2])
    expect(texts.doc.textContent).toBe('ABOnce.')
    expect(session.status).toMatchObject({ unsent: false, keptAt: 1 })
  })

  it('[DRAFT1] sends at least every second while somebody types without a pause', async () => {
    const { texts, wire, clock, type } = await openDesk('')
    for (let tick = 0; tick < 11; tick++) {
      type('x', 1)
      clock.advance(100)
      await deliver(wire)
    }
    expect(texts.number).toBeGreaterThanOrEqual(10)
  })

  it('[DRAFT1] has one append out and sends what was typed meanwhile after its answer', async () => {
    const { texts, wire, clock, type } = await openDesk('')
    type('a', 1)
    clock.advance(200)
    await turn()
    expect(wire.requests).toHaveLength(1)
    type('b', 2)
    clock.advance(2000)
    await turn()
    expect(wire.requests).toHaveLength(1)
    await deliver(wire)
    expect(texts.doc.textContent).toBe('ab')
    expect(texts.log).toHaveLength(2)
  })

  it('[DRAFT1] sends steps again after a lost answer, and core has them once', async () => {
    const { session, texts, wire, clock, type, settle } = await openDesk('')
    type('once', 1)
    clock.advance(200)
    await turn()
    wire.requests.shift()!()
    wire.cut()
    session.connectionLost()
    type(' more', 5)
    session.connectionBack()
    await settle()
    expect(texts.doc.textContent).toBe('once more')
    expect(session.state!.doc.textContent).toBe('once more')
  })

  it('[DRAFT1] skips steps that an earlier connection still delivers late', async () => {
    const { session, texts, wire, clock, type, settle } = await openDesk('')
    type('late', 1)
    clock.advance(200)
    await turn()
    wire.cut()
    const late = wire.late.shift()!
    session.connectionLost()
    type('!', 5)
    session.connectionBack()
    await turn()
    wire.requests.shift()!()
    late()
    await settle()
    expect(texts.doc.textContent).toBe('late!')
    expect(session.state!.doc.eq(texts.doc)).toBe(true)
  })

  it('a late answer of an earlier opening never sets back newer typing', async () => {
    const { session, texts, wire, type, settle } = await openDesk('start')
    session.refresh()
    await turn()
    wire.requests.shift()!()
    const late = wire.answers.shift()!
    type(' newer', 6)
    session.connectionLost()
    session.connectionBack()
    await settle()
    late()
    await settle()
    expect(session.state!.doc.textContent).toBe('start newer')
    expect(texts.doc.textContent).toBe('start newer')
  })

  it('[PROP1] a decision waits for the words typed before it and keeps those typed meanwhile', async () => {
    const { session, texts, wire, clock, type, settle } = await openDesk('The old words stay.')
    texts.propose('p', 'Tighten', [{ from: 5, to: 8, words: 'new' }])
    session.refresh()
    await settle()
    type('Well. ', 1)
    const decided = session.decide('p', [{ piece: 0, outcome: 'accepted' }])
    await turn()
    wire.requests.shift()!()
    await turn()
    wire.answers.shift()!()
    await turn()
    type(' And more.', session.state!.doc.content.size - 1)
    await settle()
    clock.advance(1000)
    await settle()
    expect((await decided)?.pieces[0]!.outcome).toBe('accepted')
    expect(texts.doc.textContent).toBe('Well. The new words stay. And more.')
    expect(session.state!.doc.eq(texts.doc)).toBe(true)
  })

  it('words typed into a piece while it is being accepted survive it', async () => {
    const { session, texts, wire, clock, type, settle } = await openDesk('The old words stay.')
    texts.propose('p', 'Tighten', [{ from: 5, to: 14, words: 'new' }])
    session.refresh()
    await settle()
    const decided = session.decide('p', [{ piece: 0, outcome: 'accepted' }])
    await turn()
    for (const [index, letter] of 'MINE'.split('').entries()) type(letter, 7 + index)
    await deliver(wire)
    clock.advance(1000)
    await settle()
    await decided
    expect(texts.doc.textContent).toContain('MINE')
    expect(texts.doc.textContent).toContain('new')
    expect(session.state!.doc.eq(texts.doc)).toBe(true)
  })

  it('undo takes back typing, not the decision that came between', async () => {
    const { session, texts, clock, type, settle } = await openDesk('The old words stay.')
    texts.propose('p', 'Tighten', [{ from: 5, to: 8, words: 'new' }])
    session.refresh()
    await settle()
    type('Typed. ', 1)
    void session.decide('p', [{ piece: 0, outcome: 'accepted' }])
    await settle()
    undo(session.state!, (tr) => { session.dispatch(tr) })
    clock.advance(1000)
    await settle()
    expect(texts.doc.textContent).toBe('The new words stay.')
  })

  it('says where pasted words came from', async () => {
    const { session, texts, settle } = await openDesk('')
    session.dispatch(markOrigin(session.state!.tr.insertText('pasted', 1), 'pasted'))
    session.dispatch(session.state!.tr.insertText(' typed', 7))
    await settle()
    expect(texts.log.flatMap(({ steps }) => steps.map(({ origin }) => origin))).toEqual(['pasted', 'typed'])
  })

  it('[DRAFT1] the second window follows, and takes over when asked', async () => {
    const texts = new FakeTexts(paragraphs('shared'))
    const first = desk(texts.doc, 'session-one', texts)
    first.session.start()
    await first.settle()
    const second = desk(texts.doc, 'session-two', texts)
    second.session.start()
    await second.settle()
    expect(second.session.status.writable).toBe(false)
    first.type('All ', 1)
    await first.settle()
    second.session.refresh()
    await second.settle()
    expect(second.session.state!.doc.textContent).toBe('All shared')
    first.type('mine ', 5)
    second.session.takeOver()
    await second.settle()
    second.type('Yes. ', 1)
    await second.settle()
    first.clock.advance(1000)
    await deliver(first.wire)
    expect(first.session.status).toMatchObject({ writable: false, unsent: true })
    expect(first.session.state!.doc.textContent).toBe('Yes. All mine shared')
    void first.session.close()
    await deliver(first.wire)
    expect(texts.doc.textContent).toBe('Yes. All mine shared')
  })

  it('a step that core refuses does not hold back the words', async () => {
    const made = desk(paragraphs('one'))
    const append = made.texts.append.bind(made.texts)
    let refusals = 2
    made.texts.append = (input) => { if (refusals-- > 0) throw new Error('internal'); return append(input) }
    made.session.start()
    await made.settle()
    made.type('two', 1)
    await made.settle()
    expect(made.texts.doc.textContent).toBe('twoone')
  })
})

const action = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('type' as const), at: fc.double({ min: 0, max: 1, noNaN: true }), letters: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('split' as const), at: fc.double({ min: 0, max: 1, noNaN: true }) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('decide' as const), accept: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('race' as const), accept: fc.boolean(), letters: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('foreign' as const), at: fc.double({ min: 0, max: 1, noNaN: true }) }) },
  { weight: 6, arbitrary: fc.constant({ do: 'request' as const }) },
  { weight: 6, arbitrary: fc.constant({ do: 'answer' as const }) },
  { weight: 4, arbitrary: fc.constant({ do: 'wait' as const }) },
  { weight: 2, arbitrary: fc.constant({ do: 'cut' as const }) },
  { weight: 2, arbitrary: fc.constant({ do: 'late' as const }) },
)

function textPositions(doc: Node): number[] {
  const found: number[] = []
  doc.descendants((node, position) => {
    if (!node.isTextblock) return true
    for (let offset = 0; offset <= node.content.size; offset++) found.push(position + 1 + offset)
    return false
  })
  return found
}
const pick = (doc: Node, share: number): number => {
  const positions = textPositions(doc)
  return positions[Math.min(positions.length - 1, Math.floor(share * positions.length))]!
}

describe('whatever happens on the wire', () => {
  it('[DRAFT1] every typed word is in core\'s draft and in the editor exactly once, and both are the same', async () => {
    await fc.assert(fc.asyncProperty(fc.array(action, { minLength: 5, maxLength: 80 }), async (actions) => {
      const { session, texts, wire, clock, settle } = await openDesk('the quick brown fox jumps', 'over the lazy dog', 'and is gone')
      texts.propose('p', 'All', [
        { from: 2, to: 16, words: 'slow' }, { from: 16, to: 25, words: '' }, { from: 28, to: 28, words: 'right ' }, { from: 31, to: 43, words: 'cat' },
      ])
      session.refresh()
      await settle()
      const typed: string[] = []
      const undecided = [0, 1, 2, 3]
      for (const one of actions) {
        const { doc } = session.state!
        if (one.do === 'type') {
          const word = `<${typed.length}>`
          const at = pick(doc, one.at)
          // A word typed into an own word would tear that apart and could not be counted.
          if (/<\d*$/.test(doc.textBetween(0, at, '\n'))) continue
          typed.push(word)
          if (one.letters) word.split('').forEach((letter, index) => { session.dispatch(session.state!.tr.insertText(letter, at + index)) })
          else session.dispatch(session.state!.tr.insertText(word, at))
        } else if (one.do === 'split') {
          const at = pick(doc, one.at)
          if (!/<\d*$/.test(doc.textBetween(0, at, '\n'))) session.dispatch(session.state!.tr.split(at))
        } else if (one.do === 'decide' && undecided.length > 0) {
          void session.decide('p', [{ piece: undecided.shift()!, outcome: one.accept ? 'accepted' : 'rejected' }]).catch(() => undefined)
        } else if (one.do === 'race' && undecided.length > 0) {
          // Decide, and type into the piece while the decision is on its way.
          await settle()
          const index = undecided.shift()!
          const { from, to } = texts.proposals.get('p')!.pieces[index]!
          void session.decide('p', [{ piece: index, outcome: one.accept ? 'accepted' : 'rejected' }]).catch(() => undefined)
          await turn()
          const at = Math.round((from + to) / 2)
          if (/<\d*$/.test(session.state!.doc.textBetween(0, at, '\n'))) continue
          const word = `<${typed.length}>`
          typed.push(word)
          if (one.letters) word.split('').forEach((letter, offset) => { session.dispatch(session.state!.tr.insertText(letter, at + offset)) })
          else session.dispatch(session.state!.tr.insertText(word, at))
        } else if (one.do === 'foreign') {
          const at = pick(texts.doc, one.at)
          if (!/<\d*$/.test(texts.doc.textBetween(0, at, '\n'))) texts.change((tr) => tr.insertText('~', at))
        } else if (one.do === 'request') wire.requests.shift()?.()
        else if (one.do === 'answer') wire.answers.shift()?.()
        else if (one.do === 'late') wire.late.shift()?.()
        else if (one.do === 'wait') clock.advance(300)
        else if (one.do === 'cut') {
          wire.cut()
          session.connectionLost()
          session.connectionBack()
        }
        await turn()
      }
      await settle()
      session.refresh()
      await settle()
      const inCore = texts.doc.textContent
      for (const word of typed) expect(inCore.split(word).length - 1, `${word} in ${inCore}`).toBe(1)
      expect(session.state!.doc.toString()).toBe(texts.doc.toString())
      expect(session.status.unsent).toBe(false)
    }), { numRuns: 400 })
  }, 60_000)
})
