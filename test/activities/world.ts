import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MockActivityEnvironment } from '@temporalio/testing'
import { type ActivityInterceptorsFactory, DefaultLogger } from '@temporalio/worker'
import { onTestFinished } from 'vitest'
import type { ActivityDeps } from '../../activities/deps.js'
import { createSolitude } from '../../activities/solitude.js'
import type { Job } from '../../src/jobs/model.js'
import type { FfmpegTools } from '../../src/media/process/run-ffmpeg.js'
import type { Plan } from '../../src/plan/model/plan.js'
import { createSlotGate } from '../../src/temporal/slot-gate.js'
import type { World } from '../jobs/world.js'
import { FFPROBE } from '../support/lavfi.js'
import { compilePlan, ladder } from '../support/plan-facts.js'
import { newJob } from '../support/records.js'

/** The name of the one pass of `startRendering`'s plan. */
export const PASS = 'transcode-240p'

export function activityDeps(
  { deps }: Pick<World, 'deps'>,
  ffmpegPath = '/nonexistent/ffmpeg',
): ActivityDeps {
  const ffmpeg: FfmpegTools = {
    ffmpegPath,
    ffprobePath: FFPROBE,
    fontConfigPath: '/nonexistent/fonts.conf',
    stallTimeoutSec: 30,
  }
  const retention = { incomingMaxAgeHours: 24, failedPartsMaxAgeHours: 168, outputDays: null }
  const ownSlots = { slots: 1, threadsPerSlot: 2 }
  const solitude = createSolitude()
  const worker = { slotGate: createSlotGate(1), solitude, maxWaitMs: 3_600_000, workerName: 'worker-1' }
  return { ...deps, ffmpeg, retention, ownSlots, ...worker }
}

/** A program in place of ffmpeg. */
export async function fakeFfmpeg(script: string): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'cutroom-ffmpeg-'))
  onTestFinished(() => rm(dir, { recursive: true, force: true }))
  const path = join(dir, 'ffmpeg')
  await writeFile(path, `#!/bin/sh\n${script}\n`)
  await chmod(path, 0o755)
  return path
}

/** A job at the stage `rendering`, with a plan of one pass. */
export async function startRendering(world: World): Promise<{ job: Job; plan: Plan }> {
  const { jobs } = world.deps.repositories
  const video = await world.addVideo()
  const created = newJob(video.id)
  const { id } = created
  const compiled = compilePlan(ladder('240p'))
  const plan: Plan = {
    ...compiled,
    passes: compiled.passes.map((pass) => ({
      ...pass,
      inputs: pass.inputs.map((input) => ({ ...input, key: video.filePath })),
      encodes: [{ ...pass.encodes[0], key: `processed/${id}/${pass.outputNames[0]}.mp4` }] as const,
    })),
    outputs: compiled.outputs.map((output) => ({ ...output, key: `processed/${id}/${output.name}.mp4` })),
  }
  await jobs.create(created, null)
  await jobs.savePlan(id, plan)
  await jobs.enterStage(id, 'rendering')
  const job = await jobs.getById(id)
  if (!job) throw new Error('the job was not stored')
  return { job, plan }
}

interface AttemptOptions {
  readonly interceptors?: ActivityInterceptorsFactory[]
  readonly workflowId?: string | undefined
  readonly runId?: string
  readonly heartbeatDetails?: unknown
}

/** Runs an activity as the n-th attempt. */
export function attempt(
  number = 1,
  { interceptors = [], workflowId = 'edit', runId = 'run', heartbeatDetails }: AttemptOptions = {},
): MockActivityEnvironment {
  return new MockActivityEnvironment(
    { attempt: number, workflowExecution: { workflowId, runId }, heartbeatDetails },
    { interceptors, logger: new DefaultLogger('ERROR') },
  )
}
