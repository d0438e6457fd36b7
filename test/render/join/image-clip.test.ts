import { describe, expect, test } from 'vitest'
import type { ShownImage } from '../../../src/edit/fields/shown-image.js'
import type { Edit, Operation } from '../../../src/edit/operation.js'
import type { ConcatOperation } from '../../../src/edit/operations/concat.js'
import { decodeRgb } from '../../support/frames.js'
import { AAC, lavfi } from '../../support/lavfi.js'
import { textOverlay } from '../../support/overlays.js'
import { expectColour, filmOf, middle, shown, steps, useImages } from '../../support/pictures/images.js'
import { compile, type EditFiles, survey, useStudio } from '../../support/render.js'
import { pictureHashes, spreadPlan } from '../../support/spread.js'

const studio = useStudio()
const files = useImages(studio)

function film(image: ShownImage, source: string, operations: readonly Operation[], more: Partial<EditFiles>) {
  return filmOf(studio, image, { video: files[source] ?? '', ...more }, operations)
}

function joined(videos: ConcatOperation['videos'], fields: Partial<ConcatOperation> = {}): ConcatOperation {
  return {
    ...{ type: 'concat', videos, position: 'after', transition: 'none', transition_duration: 1 },
    ...{ fit: 'pad', color: 'black' },
    ...fields,
  }
}

test('an animation is joined as it is, and for a length', async () => {
  const item = (duration: number | null) => ({ image: 'dance.gif', duration })
  const more = { assets: { 'dance.gif': files['dance'] ?? '' } }
  const { path } = await film(shown(0.2, { frame_rate: 20 }), 'red', [joined([item(null), item(0.55)])], more)
  const found = await steps(path)
  expect(found).toHaveLength(4 + 8 + 11)
  expect(found.slice(4)).toEqual([0, 0, 1, 1, 2, 2, 3, 3, 0, 0, 1, 1, 2, 2, 3, 3, 0, 0, 1])
})

describe('images are joined', () => {
  const more = () => ({
    assets: { 'photo.jpg': files['photo'] ?? '', 'half.png': files['half'] ?? '' },
    videos: { upload: files['red'] ?? '' },
  })

  test('to a film, at its rate, as assets and as uploads', async () => {
    const items = [
      { image: 'photo.jpg', duration: 0.4 },
      { video_id: 'upload', start_time: 0, end_time: null, duration: 0.2 },
      { image: 'half.png', duration: 0.2 },
    ]
    const file = await studio.render([joined(items, { color: 'white' })], {
      video: files['film'] ?? '',
      ...more(),
    })
    const pictures = await decodeRgb(file.path)
    expect(pictures).toHaveLength(25 + 10 + 5 + 5)
    expectColour(middle(pictures[25]), [200, 100, 50])
    expectColour(middle(pictures[34]), [200, 100, 50])
    expectColour(middle(pictures[35]), [255, 0, 0])
    expectColour(middle(pictures[44]), [127, 127, 255])
  })

  test(
    'with crossfades, and in chunks with the same pictures as in one piece',
    { timeout: 120_000 },
    async () => {
      const items = [
        { image: 'photo.jpg', duration: 20 },
        { image: 'dance.gif', duration: 20 },
      ]
      const operations = [
        joined(items, { transition: 'crossfade', transition_duration: 2 }),
        { type: 'fade', in: 1, out: 1, target: 'video', color: 'black' } as const,
      ]
      const edit: Edit = { operations, output: null, image: shown(20, { frame_rate: 10 }) }
      const all = {
        video: files['red'] ?? '',
        assets: { ...more().assets, 'dance.gif': files['dance'] ?? '' },
      }
      const [pass] = compile(edit, await survey(all)).passes
      const whole = pass ? await pictureHashes(studio, pass) : []
      const chunks = (await spreadPlan(edit, all, 4)).passes
        .filter(({ kind }) => kind === 'transcode')
        .sort((a, b) => Number(a.name.split('-')[1]) - Number(b.name.split('-')[1]))
      expect(chunks.length).toBeGreaterThan(1)
      const chunked: string[] = []
      for (const chunk of chunks) chunked.push(...(await pictureHashes(studio, chunk)))
      expect(whole).toHaveLength(560)
      expect(chunked).toEqual(whole)
    },
  )
})

test('a slide show has titles and music, and no film', async () => {
  const music = await studio.make('music.m4a', ...lavfi('sine=f=440:d=3'), ...AAC)
  const operations: Operation[] = [
    joined([{ image: 'photo.jpg', duration: 2 }], { transition: 'crossfade', transition_duration: 0.5 }),
    textOverlay({ content: 'Title', end_time: 1 }),
    {
      ...{ type: 'replace_audio', audio: 'music.m4a', mode: 'replace', start_time: 0, offset: 0, loop: true },
      ...{ fade_in: 0, fade_out: 0, volume_db: 0, ducking: null },
    },
  ]
  const file = await film(shown(2), 'red', operations, {
    assets: { 'photo.jpg': files['photo'] ?? '', 'music.m4a': music },
  })
  expect(file.facts.durationSec).toBeCloseTo(3.5, 1)
  expect(file.facts.audio).toHaveLength(1)
  const pictures = await decodeRgb(file.path)
  expect(pictures).toHaveLength(105)
  expectColour(middle(pictures[104]), [200, 100, 50])
})
