import { deepStrictEqual, ok } from 'node:assert/strict'
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
  requireSame(await measureOutput(FFPROBE, path, container, signal), facts)
  return facts
}

/** Versions of ffprobe take the length from the header of the film or from those of its tracks, which are rounded. */
const ROUNDED_SEC = 0.001

/** @throws AssertionError unless two readers have found the same */
export function requireSame(own: OutputFacts | null, ffprobes: OutputFacts): void {
  ok(own !== null, 'nothing was read')
  const { durationSec, bitRate, ...asked } = askedFacts(own)
  const { durationSec: otherSec, bitRate: otherRate, ...otherAsked } = askedFacts(ffprobes)
  deepStrictEqual(asked, otherAsked)
  ok(Math.abs(durationSec - otherSec) <= ROUNDED_SEC, `${durationSec} s, not ${otherSec} s`)
  const bits = (rate: number | null, sec: number) => (rate ?? NaN) * sec
  const offBits = Math.abs(bits(bitRate, durationSec) - bits(otherRate, otherSec))
  // A bit rate is a whole number.
  ok(offBits <= Math.max(durationSec, otherSec), `${bitRate} bit/s, not ${otherRate}`)
}

/** What is asked of an output, without what ffprobe finds beside it. */
function askedFacts({ durationSec, bitRate, video, audio }: OutputFacts): OutputFacts {
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
