import { toMarkdown, type DocumentNode } from '../../document/index.js'

/** A text as the content of a file: Markdown that ends with exactly one line break, as editors and version control expect it. */
export const markdownFileOf = (doc: DocumentNode): string => `${toMarkdown(doc).toWellFormed().replace(/\n+$/, '')}\n`
