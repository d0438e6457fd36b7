import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { describeFont } from '../../../src/jobs/assets/fonts/read-font.js'
import { advancesOf, shippedFont, withoutShaping } from '../../support/font-file.js'
import { type Box, decodeGray, differenceBox, type Picture } from '../../support/frames.js'
import { H264, lavfi } from '../../support/lavfi.js'
import { textOverlay } from '../../support/overlays.js'
import { useStudio } from '../../support/render.js'

const studio = useStudio()

/** Letters of this font are as wide as it says, whatever stands beside them. */
const font = withoutShaping(shippedFont('NotoSans_400Regular.ttf'))
const advance = advancesOf(font)
const { lineHeight } = describeFont(font)

const [WIDTH, HEIGHT] = [800, 300]
const [X, Y, SIZE] = [40, 30, 24]
const NOISE = 12

/** Several texts are drawn at once, each on one frame, with a frame without text before and after it. */
const TEXTS = 4
const FRAME_SEC = 0.04

let clip = ''
let bare: Picture[] = []
let assets: Record<string, string> = {}

beforeAll(async () => {
  const gradient = `nullsrc=s=${WIDTH}x${HEIGHT}:r=25:d=${(2 * TEXTS + 1) * FRAME_SEC},format=gray,geq=lum='40+X/20',format=yuv420p`
  clip = await studio.make('gradient.mp4', ...lavfi(gradient), ...H264)
  bare = await decodeGray((await studio.render([], { video: clip })).path)
  assets = { 'plain.ttf': join(studio.dir(), 'files', 'plain.ttf') }
  await writeFile(assets['plain.ttf'] ?? '', font)
})

/** The texts are on the frames 1, 3 and so on. */
async function draw(texts: readonly string[], font_name: string | null): Promise<Picture[]> {
  const overlays = texts.map((content, index) =>
    textOverlay({
      ...{ content, position_x: X, position_y: Y, font_size: SIZE, font: font_name, align: 'left' },
      ...{ start_time: (2 * index + 1) * FRAME_SEC, end_time: (2 * index + 2) * FRAME_SEC },
    }),
  )
  return decodeGray((await studio.render(overlays, { video: clip, assets })).path)
}

function expectBareBetween(frames: readonly Picture[]): void {
  expect(frames).toHaveLength(bare.length)
  for (let index = 0; index < frames.length; index += 2) expect(changed(frames, index)).toBeNull()
}

function changed(frames: readonly Picture[], index: number, within?: Box, noise = NOISE): Box | null {
  const [frame, before] = [frames[index], bare[index]]
  if (!frame || !before) throw new Error(`no frame ${index}`)
  return differenceBox(frame, before, noise, within)
}

const MARKUP = [
  ...[
    '\\N',
    '\\n',
    '\\h',
    '\\',
    '{',
    '}',
    '{}',
    '{\\an5}',
    '{\\pos(0,0)}',
    '{\\fs90}',
    '{\\1c&HFF&}',
    '{\\p1}m 0 0',
    '{=',
  ],
  ...[
    '%',
    '%{n}',
    "'",
    '"',
    ':',
    ',',
    ';',
    '[',
    ']',
    '[in]',
    '=',
    '@',
    '#',
    '&amp;',
    '<b>',
    '$(x)',
    '`',
    '|',
  ],
]
const LETTERS = ['a', 'Wg', 'ß', 'é', 'Ж', 'Ω', '7', ' ', '   ', '\t', '\u00a0', '\u20ac']
const UNSEEN = ['\u200b', '\u2060', '\ufeff', '\u200d', '\u200c', '\u0007', '\u001b', '\u034f', '\ufe0e']
const BREAKS = ['\n', '\r\n', '\r', '\u2028', '\u2029', '\u0085']

/** Lines of a text as they must appear: without invisible characters, with tabs as four blanks. */
function shownLines(content: string): string[] {
  const unseen = new RegExp(`[${UNSEEN.join('')}]`, 'g')
  const shown = content.replace(unseen, '').replace(/\t/g, '    ')
  return shown.split(/\r\n|[\n\r\u2028\u2029\u0085]/)
}

const anyLine = fc
  .array(fc.constantFrom(...MARKUP, ...LETTERS, ...UNSEEN), { maxLength: 8 })
  // A letter at both ends, whose place is known, keeps the spaces of a line from being trimmed.
  .map((parts) => `H${parts.join('')}H`)
const anyLines = fc
  .array(fc.tuple(anyLine, fc.constantFrom(...BREAKS)), { minLength: 1, maxLength: 6 })
  .map((lines) => lines.map(([words, end], index) => (index === 0 ? '' : end) + words).join(''))

function several(text: fc.Arbitrary<string>): fc.Arbitrary<string[]> {
  return fc.array(text, { minLength: TEXTS, maxLength: TEXTS })
}

function expectAsWritten(frames: readonly Picture[], index: number, content: string): void {
  const lines = shownLines(content)
  const height = SIZE * lineHeight
  for (const [number, shown] of lines.entries()) {
    const [top = 0, bottom = 0] = [number, number + 1].map((n) => Math.round(Y + n * height))
    const ink = changed(frames, index, { left: 0, top, right: WIDTH, bottom }, 90)
    const width = Array.from(shown).reduce((sum, letter) => sum + advance(letter), 0)
    // An H begins 98/1000 em from its origin, and ends at the same distance from its end.
    expect(Math.abs((ink?.left ?? NaN) - (X + 0.098 * SIZE))).toBeLessThanOrEqual(1.5)
    expect(Math.abs((ink?.right ?? NaN) - (X + (width - 0.098) * SIZE))).toBeLessThanOrEqual(2)
  }
  const area = changed(frames, index)
  expect(area?.top).toBeGreaterThanOrEqual(Y - 2)
  expect(area?.bottom).toBeLessThanOrEqual(Y + lines.length * height + 2)
}

test('any text of letters and markup appears as it is written', { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(several(anyLines), async (texts) => {
      const frames = await draw(texts, 'plain.ttf')
      texts.forEach((content, index) => expectAsWritten(frames, 2 * index + 1, content))
      expectBareBetween(frames)
    }),
    { numRuns: 5, endOnFailure: true },
  )
})

const DIRECTION = ['\u202e', '\u202b', '\u2066', '\u2067', '\u2069', '\u202c', '\u200f', '\u061c']
const WORDS = ['नमस्ते', 'مرحبا', '汉语', '👩\u200d🚀', '🇮🇳', '\ud800', '\udc00']
const anyUnicode = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', minLength: 1, maxLength: 12 }),
      fc.constantFrom(...DIRECTION, ...WORDS, ...MARKUP),
    ),
    { minLength: 1, maxLength: 6 },
  )
  // Marks pile up without end above and below a letter, as they should.
  .map((parts) => `x${parts.join('').replace(/[\p{M}\u0000]/gu, '')}`)

test('any Unicode text stays on its lines and its frames', { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(several(anyUnicode), async (texts) => {
      const frames = await draw(texts, null)
      texts.forEach((content, index) => {
        const area = changed(frames, 2 * index + 1)
        const bottom = Y + shownLines(content).length * SIZE * lineHeight
        expect(area?.top).toBeGreaterThanOrEqual(Y - SIZE)
        expect(area?.bottom).toBeLessThanOrEqual(bottom + SIZE)
      })
      expectBareBetween(frames)
    }),
    { numRuns: 4, endOnFailure: true },
  )
})
