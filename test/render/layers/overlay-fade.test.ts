import { beforeAll, describe, expect, test } from 'vitest'
import type { OverlayOperation } from '../../../src/edit/operations/overlay.js'
import { decodeRgb, rgbAt } from '../../support/frames.js'
import { H264, lavfi } from '../../support/lavfi.js'
import { imageOverlay, textOverlay, videoOverlay } from '../../support/overlays.js'
import { type EditFiles, useStudio } from '../../support/render.js'

const studio = useStudio()
const FRAMES = 25
/** Frames 5 to 20. */
const WINDOW = { start_time: 0.2, end_time: 0.8 }

let files: EditFiles

beforeAll(async () => {
  const red = lavfi('color=0xff0000:s=40x40:r=25,format=rgb24')
  files = {
    video: await studio.make('black.mp4', ...lavfi('color=black:s=96x64:r=25:d=1'), ...H264),
    assets: {
      'logo.png': await studio.make('logo.png', ...red, '-frames:v', '1'),
      'clip.mp4': await studio.make('clip.mkv', ...red, '-t', '1', '-c:v', 'ffv1'),
    },
  }
})

/** The opacity of the overlay in each frame, from the red of a pixel that it covers. */
async function alphas(...operations: OverlayOperation[]): Promise<number[]> {
  const pictures = await decodeRgb((await studio.render(operations, files)).path)
  return pictures.map((picture) => rgbAt(picture, 20, 20)[0] / 255)
}

function wanted(alphaOf: (frame: number) => number): number[] {
  return Array.from({ length: FRAMES }, (_, frame) => (frame < 5 || frame >= 20 ? 0 : alphaOf(frame)))
}

function expectAlphas(found: readonly number[], right: readonly number[]): void {
  expect(found).toHaveLength(right.length)
  found.forEach((alpha, frame) => {
    expect([frame, Math.abs(alpha - (right[frame] ?? NaN)) < 0.03, alpha]).toEqual([frame, true, alpha])
  })
}

const BLOCK = { content: '████', font_size: 60, font_color: '#ff0000', position_x: -10, position_y: -20 }

describe.each([
  ['text', textOverlay(BLOCK)],
  ['an image', imageOverlay()],
  ['a clip', videoOverlay()],
] as const)('%s', (_, overlay) => {
  test('fades in and out within its window, each frame by its own start', async () => {
    const op = { ...overlay, ...WINDOW, fade_in: 0.16, fade_out: 0.2, opacity: 0.8 }
    const share = (frame: number) => Math.min(1, (frame - 5) / 4, (20 - frame) / 5)
    expectAlphas(
      await alphas(op),
      wanted((frame) => 0.8 * share(frame)),
    )
  })

  test('of half opacity is half opaque for exactly its window', async () => {
    expectAlphas(
      await alphas({ ...overlay, ...WINDOW, opacity: 0.5 }),
      wanted(() => 0.5),
    )
  })
})

test('fades as long as the picture meet in the middle, and end with the picture', async () => {
  const found = await alphas(imageOverlay({ fade_in: 0.4, fade_out: 0.6 }))
  expectAlphas(
    found,
    Array.from({ length: FRAMES }, (_, frame) => Math.min(frame / 10, (FRAMES - frame) / 15)),
  )
})

test('an opacity of 0 changes nothing', async () => {
  const found = await alphas(imageOverlay({ opacity: 0 }), videoOverlay({ opacity: 0, fade_in: 0.4 }))
  expect(new Set(found)).toEqual(new Set([0]))
})
