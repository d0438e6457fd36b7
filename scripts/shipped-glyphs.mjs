// Writes src/plan/text/shipped-glyphs.ts: the characters that the shipped fonts have, how wide they are and how high
// they reach; and src/plan/text/shipped-emoji.ts: the layers of coloured emoji. Run it after a change of fonts; with
// --check it compares and writes nothing.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { readEmojiFont } from './fonts/emoji-font.mjs'
import { emojiLayers } from './fonts/emoji-layers.mjs'
import { fontFigures, glyphSizes } from './fonts/glyph-sizes.mjs'
import { packEmoji } from './fonts/pack-emoji.mjs'
import { packGlyphs } from './fonts/pack-glyphs.mjs'

const root = resolve(import.meta.dirname, '..')
const fontsDir = join(root, 'dist', 'fonts')
const BASE = 'Noto Sans'

const MADE = 'Made by scripts/shipped-glyphs.mjs from the shipped fonts; src/plan/text'

write('shipped-glyphs.ts', glyphsModule())
write('shipped-emoji.ts', await emojiModule())

/**
 * @param {string} name
 * @param {string} wanted
 */
function write(name, wanted) {
  const target = join(root, 'src', 'plan', 'text', name)
  if (!process.argv.includes('--check')) writeFileSync(target, wanted)
  else if (readFileSync(target, 'utf8') !== wanted) {
    console.error(`src/plan/text/${name} is not what the fonts say: run "node scripts/shipped-glyphs.mjs".`)
    process.exitCode = 1
  }
}

/** The regular face of each family: the others have the same characters. */
function families() {
  const fonts = readdirSync(fontsDir)
    .filter((name) => name.endsWith('_400Regular.ttf'))
    .map((name) => readFileSync(join(fontsDir, name)))
    .map((bytes) => ({ ...fontFigures(bytes), glyphs: glyphSizes(bytes) }))
  return fonts.sort((a, b) => (a.family < b.family ? -1 : 1))
}

function glyphsModule() {
  const fonts = families()
  const base = fonts.find(({ family }) => family === BASE)
  if (!base) throw new Error(`${BASE} is not among the fonts`)
  const lines = fonts.map(({ family, lineHeight, ascent, glyphs }) => {
    const packed = packGlyphs(glyphs, family === BASE ? [] : base.glyphs)
    return [family, lineHeight, ascent, packed].join('|')
  })
  return [
    `/** ${MADE}/glyph-table.ts reads it. */`,
    `export const SHIPPED_GLYPHS = \`\n${lines.join('\n')}\n\``,
    '',
  ].join('\n')
}

async function emojiModule() {
  const packed = packEmoji(emojiLayers(await readEmojiFont(root)))
  return [
    `/** ${MADE}/colour-emoji.ts reads it. */`,
    `export const SHIPPED_EMOJI = \`\n${packed}\n\``,
    '',
  ].join('\n')
}
