import { beforeAll, expect, test } from 'vitest'
import { differenceBox } from '../support/frames.js'
import { useStudio } from '../support/render.js'
import { type DrawnFilm, SubtitleScreen } from '../support/subtitle-frames.js'

const screen = new SubtitleScreen(useStudio(), 6)
beforeAll(() => screen.prepare())

/** The first row of pixels of capitals in the last line, and the height of a line. */
const LAST_ROW = 319
const LINE_HEIGHT = 20 * 1.519

const middleOf = (film: DrawnFilm, sec: number) => {
  const box = film.inkAt(sec)
  return box ? (box.left + box.right) / 2 : NaN
}
const topOf = (film: DrawnFilm, sec: number) => film.inkAt(sec)?.top ?? NaN
const rowCounts = (film: DrawnFilm, times: readonly number[]) => times.map((sec) => film.rowsAt(sec).length)

function expectNear(value: number, wanted: number, tolerance: number): void {
  expect(Math.abs(value - wanted), `${value} is not ${wanted} ± ${tolerance}`).toBeLessThanOrEqual(tolerance)
}

/** Two times show the same picture, apart from what the encoder makes of it. */
function expectSame(film: DrawnFilm, sec: number, other: DrawnFilm, otherSec: number): void {
  expect(differenceBox(film.frameAt(sec), other.frameAt(otherSec), 30)).toBeNull()
}

const vtt = (...cues: (readonly [time: string, settings: string, text: string])[]) =>
  `WEBVTT\n\n${cues.map(([time, settings, text]) => `${time} ${settings}\n${text}\n`).join('\n')}`
const [FIRST, SECOND, THIRD] = [
  '00:00.000 --> 00:01.000',
  '00:01.000 --> 00:02.000',
  '00:02.000 --> 00:03.000',
]

test('of percentages and their anchors', async () => {
  const film = await screen.draw(
    'percent.vtt',
    vtt([FIRST, 'line:50%,center', 'H'], [SECOND, 'line:80%,end', 'H\nH'], [THIRD, 'line:100%', 'H\nH']),
  )
  const ink = film.inkAt(0.5)
  expectNear(((ink?.top ?? NaN) + (ink?.bottom ?? NaN)) / 2, 180, 3)
  expectNear(film.inkAt(1.5)?.bottom ?? NaN, 288 - 7, 2)
  // It would hang out of the picture, and is moved into it.
  expect(film.rowsAt(2.5)).toHaveLength(2)
  expectNear(film.inkAt(2.5)?.bottom ?? NaN, 360 - 7, 2)
})

test('of lines of several rows', async () => {
  const film = await screen.draw(
    'lines.vtt',
    vtt([FIRST, 'line:-3', 'H\nH'], [SECOND, 'line:-1', 'H\nH'], [THIRD, 'line:2', 'H']),
  )
  const [upper, lower] = film.rowsAt(0.5)
  expectNear(upper?.[0] ?? NaN, LAST_ROW - 2 * LINE_HEIGHT, 2)
  expectNear(lower?.[0] ?? NaN, LAST_ROW - LINE_HEIGHT, 2)
  expectNear(film.rowsAt(1.5)[1]?.[0] ?? NaN, LAST_ROW, 2)
  expectNear(topOf(film, 2.5), 18 + 8 + 2 * LINE_HEIGHT, 2)
})

test('cues at the same time stay clear of each other, and each keeps its place', async () => {
  const film = await screen.draw(
    'together.vtt',
    vtt(
      ['00:00.000 --> 00:03.000', 'line:90%', 'H'],
      ['00:00.000 --> 00:03.000', 'line:90%', 'H'],
      ['00:01.000 --> 00:02.000', '', 'H'],
      ['00:01.000 --> 00:02.000', 'line:0', 'H'],
      ['00:01.000 --> 00:02.000', 'line:0', 'H'],
    ),
  )
  expect(rowCounts(film, [0.5, 1.5, 2.5])).toEqual([2, 5, 2])
  expectSame(film, 0.5, film, 2.5)
  expect(film.rowsAt(1.5).slice(-2)).toEqual(film.rowsAt(0.5))
})

test('cues side by side need not stay clear of each other', async () => {
  const film = await screen.draw(
    'beside.vtt',
    vtt([FIRST, 'align:left size:40%', 'H'], [FIRST, 'align:right size:40%', 'H']),
  )
  expect(film.rowsAt(0.5)).toHaveLength(1)
  expectNear(middleOf(film, 0.5), 320, 4)
})

test('of regions: the latest cue is at the bottom, and the oldest goes when there is no room', async () => {
  const region =
    'REGION\nid:fred\nwidth:40%\nlines:2\nregionanchor:0%,100%\nviewportanchor:10%,90%\nscroll:up\n'
  const cues = vtt(
    ['00:00.000 --> 00:04.000', 'region:fred align:left', 'H'],
    ['00:01.000 --> 00:03.000', 'region:fred align:left', 'HH'],
    ['00:02.000 --> 00:04.000', 'region:fred align:left', 'HHH'],
  )
  const film = await screen.draw('regions.vtt', cues.replace('\n\n', `\n\n${region}\n`))
  const bottom = 324 - 7
  expect(rowCounts(film, [0.5, 1.5, 2.5, 3.5, 4.5])).toEqual([1, 2, 2, 2, 0])
  for (const sec of [0.5, 1.5, 2.5, 3.5]) expectNear(film.inkAt(sec)?.bottom ?? NaN, bottom, 2)
  for (const sec of [0.5, 1.5, 2.5, 3.5]) expectNear(film.inkAt(sec)?.left ?? NaN, 64, 3)
})

test('of vertical lines', async () => {
  const film = await screen.draw(
    'vertical.vtt',
    vtt(
      [FIRST, 'vertical:rl line:0', '縦書き\n字'],
      [SECOND, 'vertical:lr line:0', '縦書き\n字'],
      [THIRD, 'vertical:rl', '縦'],
    ),
    { language: 'ja' },
  )
  const [right, left, last] = [0.5, 1.5, 2.5].map((sec) => film.inkAt(sec))
  expectNear(right?.right ?? NaN, 640 - 32, 8)
  expectNear(left?.left ?? NaN, 32, 8)
  expectNear(last?.left ?? NaN, 32, 8)
  // The long line is the first: the right one of `rl`, the left one of `lr`.
  const rows = (side: 'first' | 'second', at: number) => {
    const box = film.inkAt(at)
    const middle = ((box?.left ?? 0) + (box?.right ?? 0)) >> 1
    const [from, until] = side === 'first' ? [0, middle] : [middle, 640]
    const part = film.inkAt(at, { left: from, right: until, top: 0, bottom: 360 })
    return (part?.bottom ?? NaN) - (part?.top ?? NaN)
  }
  expect(rows('second', 0.5)).toBeGreaterThan(2 * rows('first', 0.5))
  expect(rows('first', 1.5)).toBeGreaterThan(2 * rows('second', 1.5))
})
