import { copyFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { SubtitlesOperation } from '../../src/edit/operations/subtitles.js'
import { type Box, decodeGray, differenceBox, type Picture } from './frames.js'
import { H264, lavfi } from './lavfi.js'
import type { Studio } from './render.js'
import { burned } from './subtitles.js'

/** The picture that subtitles are drawn on. */
const SCREEN = { width: 640, height: 360, rate: 25 } as const

/** How far letters differ from the grey behind them. */
const INK = 60

/** The frames of a film with subtitles. */
export interface DrawnFilm {
  /** The first frame that does not begin before a time. */
  readonly frameAt: (sec: number) => Picture
  /** The box around all letters at a time; null: there are none. */
  readonly inkAt: (sec: number, within?: Box) => Box | null
  /** Rows of letters at a time: from the first row of pixels to the last of each. */
  readonly rowsAt: (sec: number, within?: Box) => readonly (readonly [number, number])[]
}

/** Draws subtitles on a plain grey film of 640×360. */
export class SubtitleScreen {
  readonly #studio: Studio
  readonly #seconds: number
  #video = ''
  #blank: Picture | null = null
  readonly #drawn = new Map<string, Promise<DrawnFilm>>()

  constructor(studio: Studio, seconds: number) {
    this.#studio = studio
    this.#seconds = seconds
  }

  /** Makes the film; to be called before all tests. */
  async prepare(): Promise<void> {
    const { width, height, rate } = SCREEN
    const source = `color=0x606060:s=${width}x${height}:r=${rate}:d=${this.#seconds}`
    this.#video = await this.#studio.make('screen.mp4', ...lavfi(source), ...H264)
    const [blank] = await decodeGray((await this.#studio.render([], { video: this.#video })).path)
    this.#blank = blank ?? null
  }

  /**
   * Draws a film, once for all that ask for it.
   * @param contents what is in the file; absent: it is a file of test/fixtures/field
   */
  draw(
    name: string,
    contents?: string | Uint8Array,
    fields: Partial<SubtitlesOperation> = {},
  ): Promise<DrawnFilm> {
    const key = JSON.stringify([
      name,
      contents === undefined ? null : Buffer.from(contents).toString('hex'),
      fields,
    ])
    const drawn = this.#drawn.get(key) ?? this.#draw(name, contents, fields)
    this.#drawn.set(key, drawn)
    return drawn
  }

  async #draw(
    name: string,
    contents: string | Uint8Array | undefined,
    fields: Partial<SubtitlesOperation>,
  ): Promise<DrawnFilm> {
    const path = join(this.#studio.dir(), 'files', name)
    if (contents === undefined) await copyFile(resolve('test/fixtures/field', name), path)
    else await writeFile(path, contents)
    const files = { video: this.#video, assets: { [name]: path } }
    const { path: result } = await this.#studio.render([burned(name, fields)], files)
    const frames = await decodeGray(result)
    const blank = this.#blank
    if (!blank) throw new Error('the film is not prepared')
    const frameAt = (sec: number) => {
      const picture = frames[Math.ceil(sec * SCREEN.rate - 0.001)]
      if (!picture) throw new Error(`no frame at ${sec} s`)
      return picture
    }
    return {
      frameAt,
      inkAt: (sec, within) => differenceBox(frameAt(sec), blank, INK, within),
      rowsAt: (sec, within) => rowsOf(frameAt(sec), blank, within),
    }
  }
}

function rowsOf(picture: Picture, blank: Picture, within?: Box): (readonly [number, number])[] {
  const { width, height } = picture
  const { left, right, top, bottom } = within ?? { left: 0, right: width, top: 0, bottom: height }
  const rows: [number, number][] = []
  for (let y = top; y < bottom; y += 1) {
    const from = y * width
    const hasInk = picture.data
      .subarray(from + left, from + right)
      .some((value, x) => Math.abs(value - (blank.data[from + left + x] ?? NaN)) > INK)
    const last = rows.at(-1)
    if (hasInk && last?.[1] === y - 1) last[1] = y
    else if (hasInk) rows.push([y, y])
  }
  return rows
}
