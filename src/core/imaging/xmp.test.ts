import { expect, test } from 'vitest'
import { xmpPacket } from './xmp.js'

test('a picture from a model says so by the IPTC term, and names tool and model', () => {
  const packet = xmpPacket({ origin: 'trainedAlgorithmicMedia', tool: 'Galley 0.1.0', model: 'Starter pictures (demo)', title: 'Heart' })
  expect(packet).toContain(
    '<Iptc4xmpExt:DigitalSourceType>http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia</Iptc4xmpExt:DigitalSourceType>',
  )
  expect(packet).toContain('<Iptc4xmpExt:AISystemUsed>Starter pictures (demo)</Iptc4xmpExt:AISystemUsed>')
  expect(packet).toContain('<rdf:li xml:lang="x-default">Heart</rdf:li>')
})

test('the prompt is told only where it was given', () => {
  expect(xmpPacket({ origin: 'trainedAlgorithmicMedia', tool: 'Galley' })).not.toContain('AIPromptInformation')
  expect(xmpPacket({ origin: 'trainedAlgorithmicMedia', tool: 'Galley', prompt: 'a heart' })).toContain('<Iptc4xmpExt:AIPromptInformation>a heart<')
})

test('words cannot break out of the packet, and what XML cannot hold is left out', () => {
  const packet = xmpPacket({ origin: 'humanEdits', tool: 'Galley', title: '</rdf:RDF> & "x" \u0000\u0008\ud800' })
  expect(packet).toContain('&lt;/rdf:RDF&gt; &amp; &quot;x&quot; \ufffd<')
})
