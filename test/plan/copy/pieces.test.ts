import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cutPieces, groupsAround, type Piece } from '../../../src/plan/copy/pieces.js'
import type { FrameWindow } from '../../../src/plan/frames/frame-window.js'

/** Ascending numbers below an end, the first possibly 0. */
const ascending = (end: number, most: number) =>
  fc
    .uniqueArray(fc.integer({ min: 0, max: end - 1 }), { maxLength: most })
    .map((all) => all.sort((a, b) => a - b))

/** Ascending windows below an end, none touching the next. */
const windows = (end: number, most: number) =>
  ascending(end, 2 * most).map((edges) =>
    edges.flatMap((edge, index) => {
      const next = edges[index + 1]
      return index % 2 === 0 && next !== undefined ? [{ start: edge, end: next }] : []
    }),
  )

const films = fc.integer({ min: 1, max: 400 }).chain((frameCount) =>
  fc.record({
    frameCount: fc.constant(frameCount),
    starts: ascending(frameCount, 20),
    kept: windows(frameCount, 4).map((kept) => (kept.length > 0 ? kept : [{ start: 0, end: frameCount }])),
    changed: windows(frameCount, 3),
    leastFrames: fc.integer({ min: 1, max: 40 }),
  }),
)

function framesOf(frames: readonly FrameWindow[]): number[] {
  return frames.flatMap(({ start, end }) => Array.from({ length: end - start }, (_, index) => start + index))
}

function isCopy(piece: Piece): piece is Extract<Piece, { kind: 'copy' }> {
  return piece.kind === 'copy'
}

test('the pieces of a film show each of its frames once, in order', () => {
  fc.assert(
    fc.property(films, (film) => {
      const pieces = cutPieces(film, film)
      const shown = framesOf(film.kept)
      expect(framesOf(pieces.map(({ window }) => window))).toEqual(shown.map((_, index) => index))
      for (const { source, window } of pieces.filter(isCopy)) {
        expect(framesOf([source])).toEqual(shown.slice(window.start, window.end))
      }
    }),
  )
})

test('copies are whole groups that nothing has changed, and long enough to be worth it', () => {
  fc.assert(
    fc.property(films, (film) => {
      const changed = new Set(framesOf(film.changed))
      const borders = [...film.starts, film.frameCount]
      for (const { source, window } of cutPieces(film, film).filter(isCopy)) {
        expect(film.starts).toContain(source.start)
        expect(borders).toContain(source.end)
        expect(source.end - source.start).toBeGreaterThanOrEqual(film.leastFrames)
        expect(framesOf([window]).filter((frame) => changed.has(frame))).toEqual([])
      }
    }),
  )
})

test('no whole group that could be copied is encoded, and no two encoded pieces touch', () => {
  fc.assert(
    fc.property(films, (film) => {
      const pieces = cutPieces(film, { ...film, leastFrames: 1 })
      const shown = framesOf(film.kept)
      const changed = new Set(framesOf(film.changed))
      const encoded = new Set(framesOf(pieces.filter((piece) => !isCopy(piece)).map(({ window }) => window)))
      const borders = [...film.starts, film.frameCount]
      film.starts.forEach((start, index) => {
        const group = framesOf([{ start, end: borders[index + 1] ?? start }])
        const at = shown.indexOf(start)
        const places = group.map((_, offset) => at + offset)
        const isThere = at >= 0 && group.every((frame, offset) => shown[at + offset] === frame)
        const isOnePart = film.kept.some((part) => start >= part.start && start + group.length <= part.end)
        if (!isThere || !isOnePart || places.some((place) => changed.has(place))) return
        expect(places.filter((place) => encoded.has(place))).toEqual([])
      })
      pieces.forEach(({ kind }, index) => {
        if (kind === 'encode') expect(pieces[index + 1]?.kind).not.toBe('encode')
      })
    }),
  )
})

test('a cut at key frames keeps all wanted frames, and less than one group more at each end', () => {
  fc.assert(
    fc.property(films, ({ starts, kept, frameCount }) => {
      const [wanted = { start: 0, end: 1 }] = kept
      const around = groupsAround({ starts }, wanted, frameCount)
      if (!around) {
        expect(starts.filter((start) => start <= wanted.start)).toEqual([])
        return
      }
      expect(starts).toContain(around.start)
      expect([...starts, frameCount]).toContain(around.end)
      expect(starts.filter((start) => start > around.start && start <= wanted.start)).toEqual([])
      expect(starts.filter((start) => start >= wanted.end && start < around.end)).toEqual([])
      expect(around.end).toBeGreaterThanOrEqual(wanted.end)
    }),
  )
})
