import fc from 'fast-check'
import { Transform } from 'prosemirror-transform'
import { describe, expect, it } from 'vitest'
import { fromMarkdown } from '../../../document/index.js'
import { differenceSteps } from './document-difference.js'

const line = fc.constantFrom('one two three', 'one two', '# Head', '> said **so**', '- a\n- b', '- a\n- c\n- d', 'aaa', 'aaaa', '`x`', '---')
const doc = fc.array(line, { maxLength: 6 }).map((lines) => fromMarkdown(lines.join('\n\n')))

describe('steps between two documents', () => {
  it('lead exactly from one to the other', () => {
    fc.assert(fc.property(doc, doc, (before, after) => {
      const transform = new Transform(before)
      for (const step of differenceSteps(before, after)) transform.step(step)
      expect(transform.doc.toString()).toBe(after.toString())
    }), { numRuns: 500 })
  })

  it('leave alone what stays between two changes, so that words typed there keep their place', () => {
    const steps = differenceSteps(fromMarkdown('first\n\nmiddle\n\nlast'), fromMarkdown('First\n\nmiddle\n\nLast'))
    expect(steps.map((step) => step.getMap().map(10))).toEqual([10, 10])
    expect(steps).toHaveLength(2)
  })
})
