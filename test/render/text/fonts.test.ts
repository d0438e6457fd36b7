import { copyFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import type { TextOverlay } from '../../../src/edit/operations/overlay.js'
import { asCollection, shippedFont } from '../../support/font-file.js'
import { type Box, decodeGray, differenceBox, type Picture } from '../../support/frames.js'
import { H264, lavfi } from '../../support/lavfi.js'
import { textOverlay } from '../../support/overlays.js'
import { useStudio } from '../../support/render.js'

const studio = useStudio()
const BLACK_FACE = 'node_modules/@expo-google-fonts/noto-sans/900Black/NotoSans_900Black.ttf'
const FONTS = ['black.ttf', 'emoji.ttf', 'tamil.ttf', 'bold.ttc'] as const
let assets: Record<string, string> = {}
let clip = ''

beforeAll(async () => {
  clip = await studio.make('black.mp4', ...lavfi('color=black:s=320x120:r=25:d=0.04'), ...H264)
  const path = (name: string) => join(studio.dir(), 'files', name)
  assets = Object.fromEntries(FONTS.map((name) => [name, path(name)]))
  await copyFile(BLACK_FACE, path('black.ttf'))
  await writeFile(path('emoji.ttf'), shippedFont('NotoEmoji_700Bold.ttf'))
  await writeFile(path('tamil.ttf'), shippedFont('NotoSansTamil_700Bold.ttf'))
  await writeFile(path('bold.ttc'), asCollection(shippedFont('NotoSans_700Bold.ttf')))
})

const PLACE = { font_size: 60, position_x: 20, position_y: 10 }

async function draw(fields: Partial<TextOverlay>): Promise<Picture> {
  const { path } = await studio.render([textOverlay({ ...PLACE, ...fields })], { video: clip, assets })
  return one(await decodeGray(path))
}

function one([picture]: readonly Picture[]): Picture {
  if (!picture) throw new Error('no frame')
  return picture
}

function inkOf(picture: Picture): Box {
  const nothing = { ...picture, data: new Uint8Array(picture.data.length).fill(16) }
  const box = differenceBox(picture, nothing, 60)
  if (!box) throw new Error('nothing was drawn')
  return box
}

function inkArea({ data }: Picture): number {
  return data.reduce((sum, value) => sum + Math.max(0, value - 16) / 219, 0)
}

/** The same text by a filter that takes a font file and does not combine fonts. */
async function byDrawtext(text: string, fontFile: string): Promise<Picture> {
  const file = join(studio.dir(), 'files', 'drawtext.png')
  const filter = `drawtext=fontfile=${fontFile}:text=${text}:fontsize=60:x=20:y=10:fontcolor=white`
  await studio.make('drawtext.png', ...lavfi('color=black:s=320x120:d=0.04'), '-vf', filter, '-update', '1')
  return one(await decodeGray(file))
}

function expectSameShape(found: Picture, wanted: Picture): void {
  const [a, b] = [inkOf(found), inkOf(wanted)]
  expect(Math.abs(a.right - a.left - (b.right - b.left))).toBeLessThanOrEqual(2)
  expect(Math.abs(a.bottom - a.top - (b.bottom - b.top))).toBeLessThanOrEqual(2)
  expect(Math.abs(inkArea(found) / inkArea(wanted) - 1)).toBeLessThan(0.04)
}

test('a font asset is used at the size of its em, even if a shipped font has the same name', async () => {
  const [shipped, bold, own] = [
    await draw({ content: 'Hamburg' }),
    await draw({ content: 'Hamburg', bold: true }),
    await draw({ content: 'Hamburg', font: 'black.ttf' }),
  ]
  expectSameShape(own, await byDrawtext('Hamburg', BLACK_FACE))
  expect(inkArea(own)).toBeGreaterThan(inkArea(bold) * 1.1)
  expect(inkArea(bold)).toBeGreaterThan(inkArea(shipped) * 1.2)
  // The black face does not become bolder with bold.
  expect(differenceBox(await draw({ content: 'Hamburg', font: 'black.ttf', bold: true }), own, 8)).toBeNull()
})

test('bold and italic are faces of their own', async () => {
  const faces = { bold: '700Bold', italic: '400Regular_Italic' } as const
  for (const [field, face] of Object.entries(faces)) {
    const file = `dist/fonts/NotoSans_${face}.ttf`
    expectSameShape(await draw({ content: 'Hamburg', [field]: true }), await byDrawtext('Hamburg', file))
  }
  const both = await draw({ content: 'Hamburg', bold: true, italic: true })
  expectSameShape(both, await byDrawtext('Hamburg', 'dist/fonts/NotoSans_700Bold_Italic.ttf'))
})

test('the first font of a collection is used', async () => {
  const own = await draw({ content: 'Hamburg', font: 'bold.ttc' })
  expectSameShape(own, await draw({ content: 'Hamburg', bold: true }))
})

test('letters above U+FFFF come from the font asset, too', async () => {
  const own = await draw({ content: '😀', font: 'emoji.ttf' })
  expect(differenceBox(own, await draw({ content: '😀' }), 60)).not.toBeNull()
  expectSameShape(own, await byDrawtext('😀', 'dist/fonts/NotoEmoji_700Bold.ttf'))
})

test('letters that a font asset lacks come from the shipped fonts', async () => {
  const [alone, mixed, missing] = [
    await draw({ content: 'தமிழ்', font: 'tamil.ttf' }),
    await draw({ content: 'தமிழ்한', font: 'tamil.ttf' }),
    await draw({ content: 'தமிழ்\u{10ffff}', font: 'tamil.ttf' }),
  ]
  expectSameShape(alone, await draw({ content: 'தமிழ்', language: 'ta', bold: true }))
  expect(inkOf(mixed).right).toBeGreaterThan(inkOf(alone).right + 20)
  expect(differenceBox(mixed, missing, 60)).not.toBeNull()
})
