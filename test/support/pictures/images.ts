import { beforeAll, expect } from 'vitest'
import type { ShownImage } from '../../../src/edit/fields/shown-image.js'
import type { Edit, Operation } from '../../../src/edit/operation.js'
import { decodeGray, type Picture, type Rgb, rgbAt } from '../frames.js'
import { H264, lavfi, numberedVideo } from '../lavfi.js'
import type { EditFiles, RenderedFile, Studio } from '../render.js'

/** Images of 320×180 and a film, by name. */
export function useImages(studio: Studio): Record<string, string> {
  const files: Record<string, string> = {}
  beforeAll(async () => {
    const still = (name: string, graph: string, ...more: string[]) =>
      studio.make(name, ...lavfi(graph), '-frames:v', '1', ...more)
    files['red'] = await still('red.png', 'color=red:s=320x180,format=rgb24')
    files['odd'] = await still('odd.png', 'color=0x204080:s=321x181,format=rgb24')
    files['photo'] = await still('photo.jpg', 'color=0xc86432:s=320x180,format=yuvj420p', '-q:v', '1')
    files['half'] = await still('half.png', 'color=blue@0.5:s=320x180,format=rgba')
    files['palette'] = await still('palette.png', 'color=0x00ff00:s=320x180,format=pal8')
    files['webp'] = await still(
      'still.webp',
      'color=0xff8000:s=320x180,format=bgra',
      '-c:v',
      'libwebp',
      '-lossless',
      '1',
    )
    files['film'] = await studio.make(
      ...(['film.mp4', ...lavfi(numberedVideo({ rate: '25', seconds: 1 })), ...H264] as const),
    )
    files['dance'] = await studio.make(
      ...(['dance.gif', ...lavfi('color=black:s=320x180:r=10:d=0.4,geq=lum=60*N:cb=128:cr=128')] as const),
      ...['-loop', '0'],
    )
  })
  return files
}

export const shown = (duration: number, more: ShownImage = {}): ShownImage => ({ duration, ...more })

/** An image as a film, with operations. */
export async function filmOf(
  studio: Studio,
  image: ShownImage,
  files: EditFiles,
  operations: readonly Operation[] = [],
): Promise<RenderedFile> {
  const edit: Edit = { operations, output: null, image }
  const [file] = await studio.renderEdit(edit, files)
  if (!file) throw new Error('no output')
  return file
}

export function middle(picture: Picture | undefined): Rgb {
  return picture ? rgbAt(picture, picture.width >> 1, picture.height >> 1) : [NaN, NaN, NaN]
}

export function expectColour(found: Rgb, wanted: Rgb): void {
  found.forEach((value, channel) => {
    expect(
      Math.abs(value - (wanted[channel] ?? NaN)),
      `${found.join()} for ${wanted.join()}`,
    ).toBeLessThanOrEqual(3)
  })
}

/** The brightness in the middle of each frame, in steps of the animation. */
export async function steps(path: string): Promise<number[]> {
  return (await decodeGray(path)).map(({ data, width, height }) =>
    Math.round(((data[(height >> 1) * width + (width >> 1)] ?? NaN) - 16) / 51.5),
  )
}
