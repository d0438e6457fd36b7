import type { MediaProber } from '../jobs/ports/prober.js'
import type { MediaFacts } from '../plan/model/facts.js'
import { readText } from './decoding/read-text.js'
import { withSoundForms } from './decoding/sound-forms.js'
import { countBytesBehind } from './packets/bytes-behind.js'
import { readsBeyond } from './packets/reads-beyond.js'
import { scanPackets } from './packets/scan-packets.js'
import { probeDrawn } from './pictures/probe-drawn.js'
import { probeFile } from './probe/probe.js'
import { withTimeout } from './process/read-timeout.js'
import type { FfmpegTools } from './process/run-ffmpeg.js'

/** A client is waiting. The packets of the largest upload are read in seconds. */
const MEASURE_TIMEOUT_MS = 120_000

type Tools = Pick<FfmpegTools, 'ffmpegPath' | 'ffprobePath' | 'fontConfigPath'>

export function createProber(tools: Tools, measureTimeoutMs = MEASURE_TIMEOUT_MS): MediaProber {
  const { ffmpegPath, ffprobePath } = tools
  return {
    probe: async (path) =>
      (await probeDrawn(tools, path)) ?? withRest(ffprobePath, path, await probeFile(ffprobePath, path)),
    measure: async (path, probed) => {
      if (probed.drawnFrom) return probed
      const signal = withTimeout(measureTimeoutMs)
      const facts = await scanPackets(ffprobePath, path, probed, { signal })
      return { ...facts, ...(await withSoundForms(ffmpegPath, { path, facts, signal })) }
    },
    readText: (path, facts, text) =>
      readText(ffmpegPath, { path, facts, ...text, signal: withTimeout(measureTimeoutMs) }),
  }
}

async function withRest(ffprobePath: string, path: string, facts: MediaFacts): Promise<MediaFacts> {
  const bytesBehind = await countBytesBehind(path, facts.format)
  if (bytesBehind === 0) return facts
  const isRead = await readsBeyond(ffprobePath, path, facts.sizeBytes - bytesBehind)
  return isRead ? facts : { ...facts, bytesBehind }
}
