import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { v7 as uuidv7 } from 'uuid'
import { hashFile } from '../../src/jobs/hash-file.js'
import { attemptFolder } from '../../src/jobs/keys.js'
import type { Job, Output, OutputId } from '../../src/jobs/model.js'
import { withFetched } from '../../src/jobs/stored-files.js'
import { measureOutput } from '../../src/media/packets/measure-output.js'
import type { OutputFacts } from '../../src/media/probe/output-facts.js'
import { probeFile } from '../../src/media/probe/probe.js'
import { toNumber } from '../../src/plan/frames/rational.js'
import type { OutputContainer, PlannedOutput } from '../../src/plan/model/plan.js'
import type { ActivityDeps } from '../deps.js'

/** Facts of a finished file, found out by reading it. */
export interface MeasuredFile {
  readonly facts: OutputFacts
  readonly fileSize: number
  readonly sha256: string
}

/** Reads a file for its facts and its hash at the same time, while the system still has it in memory. */
export async function measureFile(
  { ffmpeg }: Pick<ActivityDeps, 'ffmpeg'>,
  path: string,
  container: OutputContainer,
  signal: AbortSignal,
): Promise<MeasuredFile> {
  const [facts, sha256, { size: fileSize }] = await Promise.all([
    measureOutput(ffmpeg.ffprobePath, path, container, signal),
    hashFile(path),
    stat(path),
  ])
  return { facts, sha256, fileSize }
}

/** The row of a file that has picture or sound. */
export function describeMedia(job: Job, output: PlannedOutput, measured: MeasuredFile): Output {
  const { facts, fileSize, sha256 } = measured
  const { video, audio, durationSec, bitRate } = facts
  return {
    ...describeFile(job, output, sha256),
    fileSize,
    videoCodec: video?.codec ?? null,
    audioCodec: audio[0]?.codec ?? null,
    width: video?.width ?? null,
    height: video?.height ?? null,
    frameRate: video ? toNumber(video.frameRate) : null,
    duration: durationSec,
    bitRate,
  }
}

/** The row of pictures or segments. With a folder, its size is that of all files in the folder. */
export async function describeDerived(
  deps: Pick<ActivityDeps, 'storage' | 'workFolders' | 'ffmpeg'>,
  job: Job,
  output: PlannedOutput,
  durationSec: number,
): Promise<Output> {
  const { key, folder, container } = output
  const isPicture = container === 'jpg' || container === 'png'
  const { sha256, picture, sizeBytes } = await withFetched(
    deps,
    attemptFolder(job.id, 'describe'),
    key,
    async (path) => ({
      sha256: await hashFile(path),
      picture: isPicture ? (await probeFile(deps.ffmpeg.ffprobePath, path)).video : null,
      sizeBytes: (await stat(path)).size,
    }),
  )
  const files = folder ? await deps.storage.listFiles(folder) : [{ sizeBytes }]
  return {
    ...describeFile(job, output, sha256),
    fileSize: files.reduce((sum, file) => sum + file.sizeBytes, 0),
    videoCodec: picture?.codec ?? null,
    audioCodec: null,
    width: picture?.width ?? null,
    height: picture?.height ?? null,
    frameRate: null,
    duration: durationSec,
    bitRate: null,
  }
}

function describeFile(job: Job, output: PlannedOutput, sha256: string) {
  const { key, name, quality, container, fingerprint } = output
  return {
    id: uuidv7() as OutputId,
    jobId: job.id,
    originalVideoId: job.videoId,
    name,
    filename: basename(key),
    filePath: key,
    sha256,
    processingType: job.type,
    quality,
    container,
    fingerprint,
    createdAt: new Date(),
  }
}
