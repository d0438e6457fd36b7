import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { activityInfo, CancelledFailure } from '@temporalio/activity'
import { v7 as uuidv7 } from 'uuid'
import { AppError } from '../src/errors.js'
import type { Job, Output, OutputId } from '../src/jobs/model.js'
import { probeFile } from '../src/media/probe.js'
import { scanPackets } from '../src/media/scan-packets.js'
import { verifyOutput } from '../src/media/verify-output.js'
import type { MediaFacts } from '../src/plan/facts.js'
import type { Pass, Plan, PlannedOutput } from '../src/plan/plan.js'
import { toNumber } from '../src/plan/rational.js'
import type { ActivityDeps } from './deps.js'
import { executePass } from './execute-pass.js'
import { toFailure } from './failure.js'
import { withHeartbeat } from './heartbeat.js'
import { loadJob } from './load.js'
import { createProgressWriter } from './report-progress.js'

export interface RenderPassInput {
  readonly jobId: string
  readonly passName: string
}

/** Renders one pass of a job's plan: the body of `trim`, `overlay`, `watermark` and `transcode`. */
export function createRenderPass(deps: ActivityDeps) {
  const { repositories, workerName } = deps
  return async function renderPass(input: RenderPassInput): Promise<void> {
    const { job } = await loadJob(repositories, input.jobId)
    const { pass, output } = findPass(await repositories.jobs.loadPlan(job.id), input.passName)
    const attempt = { number: activityInfo().attempt, worker: workerName }
    const before = await repositories.passes.begin(job.id, pass.name, attempt)
    // A worker that died between the last write and its answer has done the work already.
    if (before.status === 'completed') return
    try {
      await render(deps, job, pass, output)
    } catch (error) {
      if (error instanceof CancelledFailure) throw error
      const code = error instanceof AppError ? error.code : 'internal'
      throw toFailure(error, await repositories.passes.fail(job.id, pass.name, code))
    }
  }
}

async function render(deps: ActivityDeps, job: Job, pass: Pass, output: PlannedOutput): Promise<void> {
  const { repositories, storage, ffmpeg, log } = deps
  const { expected } = pass.encode
  const expectedUs = expected.durationSec * 1e6
  const write = createProgressWriter(
    repositories.passes,
    { jobId: job.id, passName: pass.name, expectedUs },
    log,
  )
  await withHeartbeat(
    { out_time_us: 0, frames: 0, speed: null as number | null },
    async ({ signal, report }) => {
      const onProgress: Parameters<typeof executePass>[1]['onProgress'] = (progress) => {
        report({ out_time_us: progress.outTimeUs, frames: progress.frames, speed: progress.speed })
        write(progress)
      }
      const facts = await executePass(deps, { jobId: job.id, pass, signal, onProgress }, async (file) => {
        const measured = await measure(ffmpeg.ffprobePath, file, signal)
        verifyOutput(measured, expected)
        signal.throwIfAborted()
        // The first attempt to finish wins: a late one cannot replace what users may be reading.
        await storage.putFile(output.key, file, 'if-absent')
        return measured
      })
      const record = await describeOutput(deps, job, output, facts)
      const overlays = job.edit?.operations.filter((op) => op.type === 'overlay') ?? []
      await repositories.passes.complete(job.id, pass.name, record, overlays)
    },
  )
}

async function measure(ffprobePath: string, file: string, signal: AbortSignal): Promise<MediaFacts> {
  return scanPackets(ffprobePath, file, await probeFile(ffprobePath, file, signal), signal)
}

async function describeOutput(
  { storage }: ActivityDeps,
  job: Job,
  { key, name, quality, container }: PlannedOutput,
  { video, audio, durationSec, bitRate }: MediaFacts,
): Promise<Output> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(await storage.localPath(key)), hash)
  return {
    id: uuidv7() as OutputId,
    jobId: job.id,
    originalVideoId: job.videoId,
    name,
    filename: basename(key),
    filePath: key,
    fileSize: (await storage.size(key)) ?? 0,
    sha256: hash.digest('hex'),
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

function findPass(plan: Plan | null, passName: string): { pass: Pass; output: PlannedOutput } {
  const pass = plan?.passes.find(({ name }) => name === passName)
  const output = plan?.outputs.find((planned) => planned.passName === passName)
  if (!pass || !output) throw new AppError('internal', `The plan has no pass ${passName}.`)
  return { pass, output }
}
