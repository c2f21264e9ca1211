import { describe, expect, it } from 'vitest'
import { looksLikeMarkdown } from './paste.js'

describe('plain text from the clipboard', () => {
  it.each(['# Heading\n\nText', 'Some **bold** words', '- one\n- two', '1. one', '> quoted', 'see [here](https://example.org)', '```\ncode\n```', 'a `word`'])('is Markdown: %j', (text) => {
    expect(looksLikeMarkdown(text)).toBe(true)
  })

  it.each(['Plain words.', 'Two * three * four', 'snake_case_name', '#hashtag', 'a - b', 'Cost: 3 > 2', 'She said: no. 1. Nothing', 'f(x)[0](y)'])('is plain: %j', (text) => {
    expect(looksLikeMarkdown(text)).toBe(false)
  })
})
