import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Operation } from '../../src/edit/operation.js'
import { probeFile } from '../../src/media/probe/probe.js'
import { FFPROBE, H264 } from '../support/lavfi.js'
import { useStudio } from '../support/render.js'
import { flashesAndTones, readSigns } from './support.js'

const studio = useStudio()

const EDITS: readonly (readonly Operation[])[] = [
  [],
  [{ type: 'trim', start_time: 10, end_time: 15, mode: 'exact' }],
]

const SECONDS = 16
const LATE_SEC = 12
/** So many bytes that ffmpeg does not look as far as the sound: a picture that nothing can predict. */
const GRAIN = '[0:v]scale=320:180,noise=alls=100:allf=t+u[v]'
const MPEG2 = ['-c:v', 'mpeg2video', '-q:v', '1']

test.each([
  ['ts', [...MPEG2, '-c:a', 'aac']],
  ['ts', [...H264, '-c:a', 'mp2']],
  ['mpg', [...MPEG2, '-c:a', 'ac3']],
  ['mpg', [...MPEG2, '-c:a', 'mp2']],
  ['flv', ['-c:v', 'flv1', '-q:v', '1', '-c:a', 'libmp3lame', '-ar', '44100']],
])(
  'sound that begins late in %s with %j is kept, in sync',
  async (container, codecs) => {
    const video = await studio.make(
      `late-${codecs.join('')}.${container}`,
      ...flashesAndTones('stereo', 48_000, SECONDS),
      ...['-filter_complex', `${GRAIN};[1:a]atrim=start=${LATE_SEC}[a]`],
      ...['-map', '[v]', '-map', '[a]', ...codecs],
    )
    const { facts } = (await studio.survey({ video })).video
    expect(facts.beginsLate).toBe(true)
    expect(facts.audio).toHaveLength(1)
    for (const operations of EDITS) {
      const { flashes, tones } = await readSigns((await studio.render(operations, { video })).path, 25)
      const heard = flashes.slice(-tones.length)
      expect(tones.length).toBeGreaterThan(2)
      tones.forEach((sec, index) => expect(Math.abs(sec - (heard[index] ?? NaN))).toBeLessThan(0.02))
    }
  },
  120_000,
)

test('a picture that begins late is shown', async () => {
  const video = await studio.make(
    'late-picture.ts',
    ...flashesAndTones('stereo', 48_000, SECONDS),
    ...['-filter_complex', `[0:v]trim=start=${LATE_SEC}[v]`, '-map', '[v]', '-map', '1:a', ...MPEG2],
    ...['-c:a', 'mp2', '-b:a', '384k'],
  )
  const { flashes, tones } = await readSigns((await studio.render([], { video })).path, 25)
  expect(flashes).toHaveLength(SECONDS - LATE_SEC)
  expect(tones).toHaveLength(SECONDS)
})

test.each([['ts'], ['flv']])('a video without sound in %s begins early', async (container) => {
  const video = await studio.make(
    `mute.${container}`,
    ...flashesAndTones('stereo', 48_000, 2),
    ...['-map', '0:v'],
  )
  expect((await studio.survey({ video })).video.facts.beginsLate).toBeUndefined()
})

test('a film whose far look fails is taken as the near one has found it', async () => {
  const video = await studio.make('mute.ts', ...flashesAndTones('stereo', 48_000, 2), ...['-map', '0:v'])
  // Stands in for an ffprobe that takes too much memory when it looks far.
  const stub = join(studio.dir(), 'ffprobe-near.sh')
  await writeFile(stub, `#!/bin/sh\ncase "$*" in *100000000*) exit 1;; esac\nexec ${FFPROBE} "$@"\n`, {
    mode: 0o755,
  })
  expect(await probeFile(stub, video)).toMatchObject({ format: 'mpegts', audio: [] })
})
