import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { probePackets } from '../../../src/media/packets/probe-packets.js'
import { scanPackets } from '../../../src/media/packets/scan-packets.js'
import type { MediaFacts } from '../../../src/plan/model/facts.js'
import { readNumbers } from '../../support/frames.js'
import { AAC, beeps, FFPROBE, H264, lavfi, numberedVideo } from '../../support/lavfi.js'
import { useStudio } from '../../support/render.js'

const studio = useStudio()
let mp4 = ''

beforeAll(async () => {
  const sources = [...lavfi(numberedVideo({ rate: '25', seconds: 3 })), ...lavfi(beeps(3))]
  mp4 = await studio.make('plain.mp4', ...sources, ...H264, ...AAC)
})

async function scan(path: string): Promise<MediaFacts> {
  return scanPackets(FFPROBE, path, await studio.probe(path), { signal: AbortSignal.timeout(20_000) })
}

describe('a scan finds every frame and the true duration', () => {
  test.each(['mp4', 'mkv', 'ts', 'mov', 'flv'])('in %s with B-frames', async (container) => {
    const path = await studio.make(`copy.${container}`, '-i', mp4, '-c', 'copy')
    const { video, startSec } = await scan(path)
    expect(video?.frameCount).toBe(75)
    expect(video?.durationSec).toBeCloseTo(3, 2)
    expect((video?.startSec ?? NaN) - startSec).toBeGreaterThanOrEqual(0)
    expect((video?.startSec ?? NaN) - startSec).toBeLessThan(0.1)
  })

  test('in fragments, whose header states no length', async () => {
    const flags = ['-movflags', 'empty_moov+frag_keyframe']
    const { video } = await scan(await studio.make('fragments.mp4', '-i', mp4, '-c', 'copy', ...flags))
    expect(video?.frameCount).toBe(75)
    expect(video?.durationSec).toBeCloseTo(3, 2)
  })

  test('without the frames that an edit list leaves out', async () => {
    const path = await studio.make('edit-list.mp4', '-ss', '1.5', '-i', mp4, '-c', 'copy')
    const shown = await readNumbers(path)
    expect(shown.length).toBeLessThan(45)
    const { video } = await scan(path)
    expect(video?.frameCount).toBe(shown.length)
    expect(video?.durationSec).toBeCloseTo(shown.length / 25, 2)
    expect(video?.startSec).toBeGreaterThanOrEqual(0)
  })

  test('in sound without a picture', async () => {
    const { audio, video } = await scan(await studio.make('sound.m4a', ...lavfi(beeps(1)), ...AAC))
    expect(video).toBeNull()
    expect(audio[0]?.durationSec).toBeCloseTo(1, 1)
  })
})

test.each(['mp4', 'mkv', 'webm', 'mov', 'gif', 'm4a', 'ogg', 'flac', 'mp3', 'wav'])(
  'reading the header and the packets of %s at once gives the same as one after the other',
  async (container) => {
    const path = await studio.make(`result.${container}`, '-i', mp4, '-metadata', 'title=Tschüß, नमस्ते "1"')
    const facts = await probePackets(FFPROBE, path, AbortSignal.timeout(20_000))
    expect(facts).toEqual(await scan(path))
    expect(facts.video?.frameCount ?? facts.audio[0]?.durationSec).toBeGreaterThanOrEqual(3)
  },
)

test('a video from which nothing can be read is damaged', async () => {
  const facts = await studio.probe(mp4)
  const path = join(studio.dir(), 'empty.mp4')
  await writeFile(path, '')
  await expect(
    scanPackets(FFPROBE, path, facts, { signal: AbortSignal.timeout(20_000) }),
  ).rejects.toMatchObject({
    code: 'source-damaged',
  })
})

test('a scan that is aborted rejects with the reason', async () => {
  const reason = new Error('called off')
  await expect(
    scanPackets(FFPROBE, mp4, await studio.probe(mp4), { signal: AbortSignal.abort(reason) }),
  ).rejects.toBe(reason)
})
