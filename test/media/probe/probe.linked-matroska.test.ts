import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { chaptersOf, link, nextIs, ownUid, UIDS } from '../../hostile/linked-matroska.js'
import { layBait } from '../../hostile/watch.js'
import { readNumbers } from '../../support/frames.js'
import { H264, lavfi, numberedVideo } from '../../support/lavfi.js'
import { useStudio } from '../../support/render.js'

const studio = useStudio()

/** Matroska as it is streamed, without an index. */
const make = async (name: string, seconds: number) => {
  const streamed = [...H264, '-live', '1', '-f', 'matroska']
  const path = await studio.make(name, ...lavfi(numberedVideo({ rate: '10', seconds })), ...streamed)
  return readFile(path)
}

test.each([
  ['names the next file', () => nextIs('other.mkv')],
  ['has an ordered edition with a chapter of another file', () => chaptersOf(1)],
])('a segment that %s is read for itself, and the other file is not opened', async (what, links) => {
  const other = link(await make('plain-other.mkv', 2), ownUid(UIDS.other))
  const bait = await layBait(join(studio.dir(), 'files', 'other.mkv'), other)
  const path = join(studio.dir(), 'files', `${what.slice(0, 3)}.mkv`)
  await writeFile(path, link(await make('film.mkv', 1), links()))

  const { video, durationSec } = await studio.probe(path)
  expect(video).toMatchObject({ codec: 'h264' })
  const { facts } = (await studio.survey({ video: path })).video
  expect(facts.video?.frameCount).toBe(10)
  expect([durationSec <= 1, facts.durationSec]).toEqual([true, 1])
  const rendered = await studio.render([], { video: path })
  expect(await readNumbers(rendered.path)).toEqual(Array.from({ length: 10 }, (_, number) => number))
  expect(await bait.wasRead()).toBe(false)
})
