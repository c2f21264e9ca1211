import { expect, test } from 'vitest'
import type { CommentThread, PictureEditStep, VersionSummary } from '../../../contract/index.js'
import { threadsOn } from './region-threads.js'

const picture = (id: string, width: number, height: number, edit?: { of: string; steps: PictureEditStep[] }): VersionSummary =>
  ({
    id, item: 'item', parents: edit ? [edit.of] : [], recipe: edit ? { by: 'hand', edit: { steps: edit.steps, engine: 'sharp' } } : { by: 'hand' },
    content: { type: 'blob', hash: `hash of ${id}`, width, height, size: 1, mediaType: 'image/png' },
  }) as unknown as VersionSummary
const thread = (id: string, on: string, region: { x: number; y: number; width: number; height: number }): CommentThread =>
  ({ id, version: on, anchor: { type: 'region', ...region, content: `hash of ${on}` }, replies: [] }) as unknown as CommentThread

const first = picture('first', 200, 100)
const cropped = picture('cropped', 100, 100, { of: 'first', steps: [{ kind: 'crop', x: 100, y: 0, width: 100, height: 100 }] })
const turned = picture('turned', 50, 50, { of: 'cropped', steps: [{ kind: 'turn', degrees: 90 }, { kind: 'resize', width: 50, height: 50 }] })
const versions = [turned, cropped, first]
const enlarged = {
  ...picture('enlarged', 400, 400), parents: ['cropped'], recipe: { by: 'image-model', operation: 'upscale' },
} as unknown as VersionSummary
const right = thread('right', 'first', { x: 75, y: 0, width: 25, height: 50 })
const left = thread('left', 'first', { x: 0, y: 0, width: 25, height: 50 })

test('a region stays on its picture, and is carried to what was cropped from it where it is still seen', () => {
  expect(threadsOn(first, [right, left], versions)).toMatchObject([{ id: 'right', isEarlier: false, region: { x: 75, y: 0, width: 25, height: 50 } }, { id: 'left' }])
  expect(threadsOn(cropped, [right, left], versions)).toMatchObject([{ id: 'right', isEarlier: true, region: { x: 50, y: 0, width: 50, height: 50 } }])
})

test('it is carried through several edits, in their order', () => {
  expect(threadsOn(turned, [right], versions)).toMatchObject([{ region: { x: 50, y: 50, width: 50, height: 50 } }])
})

test('enlarging moves no region, before or after a crop', () => {
  expect(threadsOn(enlarged, [right, left], [enlarged, ...versions])).toMatchObject([{ id: 'right', isEarlier: true, region: { x: 50, y: 0, width: 50, height: 50 } }])
})

test('a region of the child is none of the parent, and one of a picture that a model made from it is not carried', () => {
  expect(threadsOn(first, [thread('new', 'cropped', { x: 1, y: 1, width: 5, height: 5 })], versions)).toEqual([])
  const painted = { ...cropped, id: 'painted', recipe: { by: 'image-model' } } as unknown as VersionSummary
  expect(threadsOn({ ...painted, content: { ...cropped.content, hash: 'other' } as VersionSummary['content'] }, [right], versions)).toEqual([])
})
