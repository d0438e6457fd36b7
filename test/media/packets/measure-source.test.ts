import { beforeAll, expect, test } from 'vitest'
import { measureSource } from '../../../src/media/packets/measure-source.js'
import type { MediaFacts } from '../../../src/plan/model/facts.js'
import { AAC, beeps, FFMPEG, FFPROBE, lavfi, numberedVideo } from '../../support/lavfi.js'
import { useStudio } from '../../support/render.js'

const studio = useStudio()
const TOOLS = { ffmpegPath: FFMPEG, ffprobePath: FFPROBE }
const VIDEO = lavfi(numberedVideo({ rate: '25', seconds: 3, width: 64, height: 64 }))
const X264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-bf', '2', '-b_strategy', '0', '-g', '20'] as const

let mp4 = ''

beforeAll(async () => {
  mp4 = await studio.make('plain.mp4', ...VIDEO, ...lavfi(beeps(3)), ...X264, '-sc_threshold', '0', ...AAC)
})

async function measure(path: string): Promise<MediaFacts> {
  return measureSource(TOOLS, path, await studio.probe(path), AbortSignal.timeout(20_000))
}

test('measuring again finds the groups that facts of an older version lack, and keeps the damage', async () => {
  const facts = await measure(mp4)
  const damage = { kind: 'gaps', foundSec: 2.5, statedSec: 3 } as const
  const old = { ...facts, video: facts.video && { ...facts.video, damage, groups: null } }
  const again = await measureSource(TOOLS, mp4, old, AbortSignal.timeout(20_000))
  expect([again.video?.damage, again.video?.groups?.starts.length]).toEqual([damage, 4])
})
