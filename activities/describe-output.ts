import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { v7 as uuidv7 } from 'uuid'
import { hashFile } from '../src/jobs/hash-file.js'
import type { Job, Output, OutputId } from '../src/jobs/model.js'
import { measureOutput } from '../src/media/measure-output.js'
import { probeFile } from '../src/media/probe.js'
import type { PlannedOutput } from '../src/plan/plan.js'
import { toNumber } from '../src/plan/rational.js'
import type { ActivityDeps } from './deps.js'

type DescribeDeps = Pick<ActivityDeps, 'storage' | 'ffmpeg'>

/** The row of a stored file that has picture or sound. */
export async function describeMedia(
  { storage, ffmpeg }: DescribeDeps,
  job: Job,
  output: PlannedOutput,
): Promise<Output> {
  const path = await storage.localPath(output.key)
  const signal = new AbortController().signal
  const facts = await measureOutput(ffmpeg.ffprobePath, path, output.container, signal)
  const { video, audio, durationSec, bitRate } = facts
  return {
    ...(await describeFile(job, output, path)),
    fileSize: (await stat(path)).size,
    videoCodec: video?.codec ?? null,
    audioCodec: audio[0]?.codec ?? null,
    width: video?.width ?? null,
    height: video?.height ?? null,
    frameRate: video ? toNumber(video.frameRate) : null,
    duration: durationSec,
    bitRate,
  }
}

/** The row of pictures or segments: its size is that of all files of its folder. */
export async function describeDerived(
  { storage, ffmpeg }: DescribeDeps,
  job: Job,
  output: PlannedOutput,
  durationSec: number,
): Promise<Output> {
  const path = await storage.localPath(output.key)
  const isPicture = output.container === 'jpg' || output.container === 'png'
  const picture = isPicture ? (await probeFile(ffmpeg.ffprobePath, path)).video : null
  const keys = output.folder
    ? (await storage.list(output.folder)).map((name) => `${output.folder}${name}`)
    : [output.key]
  const sizes = await Promise.all(keys.map((key) => storage.size(key)))
  return {
    ...(await describeFile(job, output, path)),
    fileSize: sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0),
    videoCodec: picture?.codec ?? null,
    audioCodec: null,
    width: picture?.width ?? null,
    height: picture?.height ?? null,
    frameRate: null,
    duration: durationSec,
    bitRate: null,
  }
}

async function describeFile(job: Job, output: PlannedOutput, path: string) {
  const { key, name, quality, container, fingerprint } = output
  return {
    id: uuidv7() as OutputId,
    jobId: job.id,
    originalVideoId: job.videoId,
    name,
    filename: basename(key),
    filePath: key,
    sha256: await hashFile(path),
    processingType: job.type,
    quality,
    container,
    fingerprint,
    createdAt: new Date(),
  }
}
