/** IPTC digital source types that our pictures can be of. */
export type PictureOrigin = 'trainedAlgorithmicMedia' | 'compositeWithTrainedAlgorithmicMedia' | 'algorithmicallyEnhanced' | 'humanEdits' | 'digitalCreation'

const SOURCE_TYPES = 'http://cv.iptc.org/newscodes/digitalsourcetype/'

export interface XmpFacts {
  /** Absent where nobody here knows how it came to be. */
  readonly origin?: PictureOrigin
  /** Program that made it, such as "Galley 0.1.0". */
  readonly tool: string
  readonly title?: string
  readonly altText?: string
  /** Models by name, the one that drew first; IPTC 2025.1 `AISystemUsed`. */
  readonly model?: string
  /** Only where the person chose to tell: what is embedded stays in every copy. */
  readonly prompt?: string
}

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Text for XML 1.0; characters that it cannot hold are left out. */
function escape(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replace(/[&<>"]/g, (character) => ESCAPES[character]!)
}

const inDefaultLanguage = (name: string, text: string | undefined): string =>
  text === undefined ? '' : `<${name}><rdf:Alt><rdf:li xml:lang="x-default">${escape(text)}</rdf:li></rdf:Alt></${name}>`
const plain = (name: string, text: string | undefined): string => (text === undefined ? '' : `<${name}>${escape(text)}</${name}>`)

/** An XMP packet that says how a picture came to be, for embedding on export. */
export function xmpPacket({ origin, tool, title, altText, model, prompt }: XmpFacts): string {
  return [
    '<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>',
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""',
    ' xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"',
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/">',
    plain('Iptc4xmpExt:DigitalSourceType', origin && SOURCE_TYPES + origin),
    plain('Iptc4xmpExt:AISystemUsed', model),
    plain('Iptc4xmpExt:AIPromptInformation', prompt),
    plain('xmp:CreatorTool', tool),
    inDefaultLanguage('dc:title', title),
    inDefaultLanguage('Iptc4xmpCore:AltTextAccessibility', altText),
    '</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>',
  ].join('')
}
