import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { v7 as uuidv7 } from 'uuid'
import { hashFile } from '../src/jobs/hash-file.js'
import type { Job, Output, OutputId } from '../src/jobs/model.js'
import { probeFile } from '../src/media/probe.js'
import type { FfmpegProgress } from '../src/media/progress.js'
import { scanPackets } from '../src/media/scan-packets.js'
import { verifyOutput } from '../src/media/verify-output.js'
import type { MediaFacts } from '../src/plan/facts.js'
import type { Pass, PlannedOutput } from '../src/plan/plan.js'
import { toNumber } from '../src/plan/rational.js'
import type { ActivityDeps } from './deps.js'
import { executePass } from './execute-pass.js'

interface Rendering {
  readonly job: Job
  readonly pass: Pass
  readonly output: PlannedOutput
  readonly signal: AbortSignal
  readonly onProgress: (progress: FfmpegProgress) => void
}

/** Renders the file of an output unless it is there, and records it. */
export async function renderOutput(deps: ActivityDeps, rendering: Rendering): Promise<void> {
  const { repositories, storage, ffmpeg } = deps
  const { job, pass, output, signal } = rendering
  // An attempt that died after it had put its file into place has done the work already.
  if ((await storage.size(output.key)) === null) {
    await executePass(deps, { ...rendering, jobId: job.id }, async (file) => {
      verifyOutput(await measure(ffmpeg.ffprobePath, file, signal), pass.encode.expected)
      signal.throwIfAborted()
      // The first attempt to finish wins: a late one cannot replace what users may be reading.
      await storage.putFile(output.key, file, 'if-absent')
    })
  }
  // What is recorded is the file in place, whichever attempt put it there. A cancellation that comes now comes
  // too late: a file that no row knows would stay for ever.
  const stored = await storage.localPath(output.key)
  const facts = await measure(ffmpeg.ffprobePath, stored, new AbortController().signal)
  const record = await describeOutput(job, output, stored, facts)
  const overlays = job.edit?.operations.filter((op) => op.type === 'overlay') ?? []
  await repositories.passes.complete(job.id, pass.name, record, overlays)
}

async function measure(ffprobePath: string, file: string, signal: AbortSignal): Promise<MediaFacts> {
  return scanPackets(ffprobePath, file, await probeFile(ffprobePath, file, signal), signal)
}

async function describeOutput(
  job: Job,
  { key, name, quality, container }: PlannedOutput,
  path: string,
  { video, audio, durationSec, bitRate }: MediaFacts,
): Promise<Output> {
  return {
    id: uuidv7() as OutputId,
    jobId: job.id,
    originalVideoId: job.videoId,
    name,
    filename: basename(key),
    filePath: key,
    fileSize: (await stat(path)).size,
    sha256: await hashFile(path),
    processingType: job.type,
    quality,
    container,
    videoCodec: video?.codec ?? null,
    audioCodec: audio[0]?.codec ?? null,
    width: video?.width ?? null,
    height: video?.height ?? null,
    frameRate: video ? toNumber(video.frameRate) : null,
    duration: durationSec,
    bitRate,
    createdAt: new Date(),
  }
}
