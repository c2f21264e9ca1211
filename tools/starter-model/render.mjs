// Renders sets of drawings on white, 128 × 128, RGB.   usage: node render.mjs PACKAGES OUT [every] [memory|judge]
// PACKAGES/node_modules holds what package.json names. `every` keeps one drawing in so many (a quick check of the path).
// `memory`: the sets that the network remembers. `judge`: sets that it has never seen, for the independent judge; they go into no model that ships.
// With `judge` also OUT/alpha.webp: the true transparency of each drawing, for the matte (`alphaBytes` each).
// OUT: pictures.webp (files one after the other), drawings.jsonl (one line each, `bytes` = file size), sets.json (licences).
import fs from 'node:fs'
import path from 'node:path'
import { createRequire } from 'node:module'

const [packages, out, every = '1', which = 'memory'] = process.argv.slice(2)
const SIDE = 128
const MARGIN = 0.04
const require = createRequire(path.resolve(packages) + '/')
const sharp = require('sharp')
sharp.concurrency(1)
const json = (file) => JSON.parse(fs.readFileSync(path.join(packages, 'node_modules', file)))

// Emoji sets find a drawing by code point, icon sets by name. `nth` keeps one in so many, `from` says which.
const MEMORY = {
  'fluent-emoji': { emoji: true, points: 'fluent-emoji-flat' },
  'fluent-emoji-flat': { emoji: true },
  noto: { emoji: true },
  twemoji: { emoji: true },
  'flat-color-icons': {},
  'streamline-kameleon-color': {},
  'game-icons': { nth: 2 },
}
const JUDGE = { emojione: { emoji: true, byName: '-' }, fxemoji: { emoji: true, byName: '' }, 'noto-v1': { emoji: true, byName: '-' }, openmoji: { emoji: true } }
const SETS = which === 'judge' ? JUDGE : MEMORY
const plain = (hex) => hex.toLowerCase().split('-').filter((part) => part !== 'fe0f').join('-')
const pointsOf = (set) => Object.fromEntries(Object.entries(json(`@iconify-json/${set}/chars.json`)).map(([hex, name]) => [plain(hex), name]))

// Letters, signs and flags are no things to draw, and a network that copies must not copy national or religious emblems by accident.
const NO_THING =
  /^(keycap|alphanum|zodiac|arrow|country-flag|subdivision-flag|flag|skin-tone|hair-style|gender|punctuation|other-symbol|av-symbol|religion|math|currency|transport-sign|warning|person-symbol)$/
const NO_ICON =
  /\b(ui|arrow|rank|dice|roman|texture|perspective|plain|abstract|template|doc|ios|android|cel|entering|missed|callback|lock landscape|lock portrait|serial|[0-9]+)\b/
const { subgroups } = json('emojibase-data/meta/groups.json')
const emojis = json('emojibase-data/en/data.json')
  .filter(({ group, subgroup, gender, label }) => {
    if (group === undefined || group === 2 || group === 9) return false
    if (NO_THING.test(subgroups[subgroup] ?? '')) return false
    if (group === 1 && gender !== undefined) return false
    // Of families and couples only those that leave open who is in them.
    if (subgroups[subgroup] === 'family' && !/^(family|couple with heart|people holding hands)$/.test(label)) return false
    return !/\b(clock|o’clock|thirty|button)\b/.test(label) || /alarm|mantel/.test(label)
  })
  .map((emoji) => ({
    id: plain(emoji.hexcode),
    label: emoji.label.replace(/[“”]/g, '').replaceAll('’', "'").toLowerCase(),
    tags: emoji.tags ?? [],
    kind: subgroups[emoji.subgroup],
  }))

const slug = (label, between) => label.normalize('NFD').replace(/[\u0300-\u036f']/g, '').replace(/[^a-z0-9]+/g, between)
// Older sets have no code points: their names are those of Unicode, in their way of spelling.
const named = (icons, between) => Object.fromEntries(emojis.map(({ id, label }) => [id, slug(label, between)]).filter(([, name]) => icons.icons[name]))

function listed(set, { emoji, points, byName, nth = 1, from = 0 }, icons) {
  if (emoji) {
    const own = byName === undefined ? pointsOf(points ?? set) : named(icons, byName)
    const found = emojis.map((entry) => [own[entry.id], entry])
    return found.filter(([name], index) => name && (icons.icons[name] || icons.aliases?.[name]) && index % nth === from)
  }
  return Object.keys(icons.icons)
    .filter((name) => !icons.icons[name].hidden)
    .map((name) => {
      const label = name.replace(/-+/g, ' ').replace(/( duo| \d+)+$/, '')
      return [name, { id: label, label, tags: [], kind: set }]
    })
    .filter(([, { label }]) => !NO_ICON.test(label))
    .filter((_, index) => index % nth === from)
}

function svgOf(icons, name) {
  const icon = icons.icons[name] ?? icons.icons[icons.aliases?.[name]?.parent]
  if (!icon) return null
  const width = icon.width ?? icons.width ?? 16
  const height = icon.height ?? icons.height ?? width
  const side = Math.max(width, height) * (1 + 2 * MARGIN)
  const left = (icon.left ?? icons.left ?? 0) - (side - width) / 2
  const top = (icon.top ?? icons.top ?? 0) - (side - height) / 2
  const space = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
  const body = icon.body.replaceAll('currentColor', '#000')
  return `<svg ${space} width="${SIDE}" height="${SIDE}" viewBox="${left} ${top} ${side} ${side}">${body}</svg>`
}

fs.mkdirSync(out, { recursive: true })
const file = fs.openSync(path.join(out, 'pictures.webp'), 'w')
const alphaFile = which === 'judge' ? fs.openSync(path.join(out, 'alpha.webp'), 'w') : null
const drawings = []
const sets = {}
const failed = []
for (const [set, options] of Object.entries(SETS)) {
  const icons = json(`@iconify-json/${set}/icons.json`)
  const info = json(`@iconify-json/${set}/info.json`)
  let count = 0
  for (const [name, entry] of listed(set, options, icons).filter((_, index) => index % +every === 0)) {
    const svg = svgOf(icons, name)
    if (!svg) continue
    try {
      const flat = sharp(Buffer.from(svg)).flatten({ background: '#fff' }).resize(SIDE, SIDE).removeAlpha().toColourspace('srgb')
      const webp = await flat.webp({ lossless: true, effort: 1 }).toBuffer()
      fs.writeSync(file, webp)
      drawings.push({ set, name, ...entry, bytes: webp.length })
      if (alphaFile !== null) {
        const alpha = await sharp(Buffer.from(svg)).resize(SIDE, SIDE).ensureAlpha().extractChannel('alpha').webp({ lossless: true, effort: 1 }).toBuffer()
        fs.writeSync(alphaFile, alpha)
        drawings.at(-1).alphaBytes = alpha.length
      }
      count++
    } catch (error) {
      failed.push(`${set}/${name}: ${String(error).slice(0, 80)}`)
    }
  }
  sets[set] = { drawings: count, licence: info.license, author: info.author, version: json(`@iconify-json/${set}/package.json`).version }
  console.log(set, count)
}
fs.writeFileSync(path.join(out, 'drawings.jsonl'), drawings.map((drawing) => JSON.stringify(drawing)).join('\n') + '\n')
fs.writeFileSync(path.join(out, 'sets.json'), JSON.stringify(sets, null, 2) + '\n')
console.log(`${drawings.length} drawings, ${failed.length} failed`, failed.slice(0, 5))
