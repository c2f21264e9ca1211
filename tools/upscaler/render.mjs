// Renders drawings at 512 × 512 as the truth that the network learns to reach.   usage: node render.mjs PACKAGES OUT [every]
// PACKAGES/node_modules holds what package.json names. `every` keeps one drawing in so many (a quick check of the path).
// OUT: truth.bin (512 × 512 × 3 bytes each, one after the other), drawings.jsonl (one line each), sets.json (licences).
// Every drawing lies a little elsewhere and is a little larger or smaller; two in five stand on a colour instead of white.
import fs from 'node:fs'
import path from 'node:path'
import { createHash } from 'node:crypto'
import { createRequire } from 'node:module'

const [packages, out, every = '1'] = process.argv.slice(2)
const SIDE = 512
const require = createRequire(path.resolve(packages) + '/')
const sharp = require('sharp')
sharp.concurrency(1)
const json = (file) => JSON.parse(fs.readFileSync(path.join(packages, 'node_modules', file)))

// set: how many of its drawings. The one-coloured silhouettes stand in for transparency, which is enlarged as a grey picture.
const SETS = {
  'fluent-emoji': 650,
  'fluent-emoji-flat': 600,
  noto: 650,
  twemoji: 450,
  'flat-color-icons': 319,
  'streamline-kameleon-color': 330,
  'game-icons': 400,
}
const LEFT_OUT = /skin|flag|-tone|keycap/
const lot = (text) => createHash('sha256').update(text).digest().readUInt32BE(0) / 2 ** 32

// Held out by concept, not by drawing: the same animal of another set would be too easy.
const plain = (hex) => hex.toLowerCase().split('-').filter((part) => part !== 'fe0f').join('-')
const concepts = new Map()
for (const set of ['noto', 'twemoji', 'fluent-emoji-flat'])
  for (const [hex, name] of Object.entries(json(`@iconify-json/${set}/chars.json`))) concepts.set(`${set}/${name}`, plain(hex))
const conceptOf = (set, name) => concepts.get(`${set === 'fluent-emoji' ? 'fluent-emoji-flat' : set}/${name}`) ?? name.replace(/-+/g, ' ')

function svgOf(icons, set, name) {
  const icon = icons.icons[name]
  const width = icon.width ?? icons.width ?? 16
  const height = icon.height ?? icons.height ?? width
  const by = (what) => lot(`${what} ${set}/${name}`)
  const side = Math.max(width, height) * (0.98 + 0.34 * by('size'))
  const shift = (what) => (by(what) - 0.5) * 0.12 * side
  const left = (icon.left ?? icons.left ?? 0) - (side - width) / 2 + shift('left')
  const top = (icon.top ?? icons.top ?? 0) - (side - height) / 2 + shift('top')
  const space = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
  const body = icon.body.replaceAll('currentColor', '#000')
  return `<svg ${space} width="${SIDE}" height="${SIDE}" viewBox="${left} ${top} ${side} ${side}">${body}</svg>`
}

function background(set, name) {
  const by = (what) => Math.round(255 * lot(`${what} ${set}/${name}`))
  return lot(`ground ${set}/${name}`) < 0.6 ? '#fff' : { r: by('red'), g: by('green'), b: by('blue') }
}

fs.mkdirSync(out, { recursive: true })
const file = fs.openSync(path.join(out, 'truth.bin'), 'w')
const drawings = []
const sets = {}
for (const [set, wanted] of Object.entries(SETS)) {
  const icons = json(`@iconify-json/${set}/icons.json`)
  const info = json(`@iconify-json/${set}/info.json`)
  const names = Object.keys(icons.icons).filter((name) => !icons.icons[name].hidden && !LEFT_OUT.test(name))
  const chosen = names.sort((a, b) => lot(`choice ${set}/${a}`) - lot(`choice ${set}/${b}`)).slice(0, Math.ceil(wanted / +every))
  const started = Date.now()
  let count = 0
  for (const name of chosen) {
    try {
      const picture = sharp(Buffer.from(svgOf(icons, set, name))).flatten({ background: background(set, name) })
      const bytes = await picture.resize(SIDE, SIDE).toColourspace('srgb').removeAlpha().raw().toBuffer()
      if (bytes.length !== SIDE * SIDE * 3) throw new Error(`${bytes.length} bytes`)
      fs.writeSync(file, bytes)
      drawings.push({ set, name, concept: conceptOf(set, name), heldOut: lot(`held out ${conceptOf(set, name)}`) < 0.06 })
      count++
    } catch (error) {
      console.error(`${set}/${name}: ${String(error).slice(0, 80)}`)
    }
  }
  sets[set] = { drawings: count, licence: info.license, author: info.author, version: json(`@iconify-json/${set}/package.json`).version }
  console.log(set, count, `${((Date.now() - started) / 1000).toFixed(0)} s`)
}
fs.writeFileSync(path.join(out, 'drawings.jsonl'), drawings.map((drawing) => JSON.stringify(drawing)).join('\n') + '\n')
fs.writeFileSync(path.join(out, 'sets.json'), JSON.stringify(sets, null, 2) + '\n')
console.log(`${drawings.length} drawings, ${drawings.filter((drawing) => drawing.heldOut).length} held out`)
