import { deepStrictEqual } from 'node:assert/strict'
import { measureOutput } from '../../../src/media/packets/measure-output.js'
import { probePackets } from '../../../src/media/packets/probe-packets.js'
import type { OutputFacts } from '../../../src/media/probe/output-facts.js'
import { webpFacts } from '../../../src/media/probe/webp-facts.js'
import type { MediaFacts } from '../../../src/plan/model/facts.js'
import type { Encode } from '../../../src/plan/model/plan.js'
import { FFPROBE } from '../lavfi.js'

/** All facts of a rendered file. Those that the platform reads by itself have to be those that ffprobe finds. */
export async function measureRendered(path: string, container: Encode['container']): Promise<MediaFacts> {
  if (container === 'webp') return webpFacts(path)
  const signal = AbortSignal.timeout(20_000)
  const facts = await probePackets(FFPROBE, path, signal)
  deepStrictEqual(askedFacts(await measureOutput(FFPROBE, path, container, signal)), askedFacts(facts))
  return facts
}

/** What is asked of an output, without what ffprobe finds beside it. */
export function askedFacts({ durationSec, bitRate, video, audio }: OutputFacts): OutputFacts {
  return {
    durationSec,
    bitRate,
    video: video && {
      codec: video.codec,
      width: video.width,
      height: video.height,
      frameRate: video.frameRate,
      frameCount: video.frameCount,
    },
    audio: audio.map(({ codec }) => ({ codec })),
  }
}
