import { t } from '../../messages/t.js'
import { remember } from '../../state/layout.js'
import { showView } from '../../state/route.js'
import { client } from '../../studio.js'
import { flushText } from '../writing/open-texts.js'
import { textSelection } from '../writing/selection.js'
import { changeWish } from './make/wish.js'

/** What a picture model can be expected to read of a passage, in characters. */
const longest = 800

/**
 * Makes an image for the selected passage of a text, with the passage as its prompt, and shows it in *Make*. The text is
 * kept as a version, so that the picture can say for which words it was made. Nothing is asked of a model yet.
 * Errors: those of `texts.keep` and `items.create`.
 */
export async function illustrate(project: string, item: string): Promise<void> {
  const passage = textSelection(item)?.text.replace(/\s+/g, ' ').trim() ?? ''
  if (passage === '') return
  await flushText(project, item)
  const [{ version }, text] = await Promise.all([client.texts.keep({ project, item }), client.items.get({ project, item })])
  const picture = await client.items.create({ project, kind: 'image', title: t('illustrate.title', { title: text.title }).slice(0, 300), folder: text.folder })
  await client.texts.changeBrief({ project, item: picture.id, brief: passage.slice(0, longest) })
  changeWish(picture.id, { illustrates: version })
  remember('inspector.tab', 'make')
  remember('pane.inspector.shown', true)
  showView({ type: 'item', item: picture.id })
}
