import { open } from 'node:fs/promises'
import { join } from 'node:path'
import type { Job } from '../../src/jobs/model.js'
import type { FfmpegProgress } from '../../src/media/process/progress.js'
import {
  conclude,
  isOffTarget,
  type LoudnessReading,
  type LoudnessSetting,
  type LoudnessTrial,
  MAX_TRIALS,
  type MeasuredLoudness,
  nextSetting,
} from '../../src/plan/loudness/find-setting.js'
import {
  METER_FILES,
  meterArgv,
  readMeter,
  trialArgv,
  trialMeterArgv,
} from '../../src/plan/loudness/loudness-argv.js'
import type { Measurement, Warning } from '../../src/plan/model/plan.js'
import type { ActivityDeps } from '../deps.js'
import {
  type Attempt,
  type Execution,
  type ExecutionDeps,
  inWorkFolder,
  type WorkFolder,
} from './work-folder.js'

interface Measuring extends Attempt {
  readonly job: Job
  readonly pass: Measurement
}

/** Measures the loudness of a sound and records the result for all passes that come after. */
export async function runMeasurement(deps: ActivityDeps, measuring: Measuring): Promise<void> {
  const { jobs, passes } = deps.repositories
  const { job, pass } = measuring
  const earlier = await passes.listMeasured(job.id)
  const measured = await measureLoudness(deps, { ...measuring, jobId: job.id, earlier })
  const warning = loudnessWarning(pass, measured)
  if (warning) await jobs.addWarning(job.id, warning)
  await passes.completeMeasurement(job.id, pass.name, measured)
}

interface LoudnessExecution extends Execution<Measurement> {
  /** Results of the measurements before this one, by name. */
  readonly earlier: ReadonlyMap<string, LoudnessSetting>
}

/** Seconds of sound that a measurement goes through when it needs every trial. */
export function measuredSec({ durationSec }: Measurement): number {
  return durationSec * (1 + MAX_TRIALS)
}

/** Meters the sound as it is, then tries settings until one brings it to its target. */
export async function measureLoudness(
  deps: ExecutionDeps,
  execution: LoudnessExecution,
): Promise<MeasuredLoudness> {
  return inWorkFolder(
    deps,
    execution,
    (folder) => findSetting(folder, execution),
    (measured) => Promise.resolve(measured),
  )
}

async function findSetting(
  { dir, run }: WorkFolder,
  execution: LoudnessExecution,
): Promise<MeasuredLoudness> {
  const { pass, earlier } = execution
  const runOnce = (argv: readonly string[], step: number) =>
    run(argv, pass.durationSec, fromStep(execution, step))
  await runOnce(meterArgv(pass, earlier), 0)
  const before = await readReading(dir)
  const trials: LoudnessTrial[] = []
  const file = `coded.${pass.coding.container}`
  for (;;) {
    const setting = nextSetting(pass.target, before, trials)
    if (!setting) return conclude(pass.target, before, trials)
    const settings = new Map([...earlier, [pass.name, setting]])
    await runOnce(trialArgv(pass, settings, file), trials.length + 1)
    await runOnce(trialMeterArgv(file, pass.coding.container), trials.length + 1)
    trials.push({ setting, reading: await readReading(dir) })
  }
}

/** Turns the progress of one run of ffmpeg into progress of the whole measurement. */
function fromStep({ pass, onProgress }: LoudnessExecution, step: number) {
  return (progress: FfmpegProgress) =>
    onProgress({ ...progress, outTimeUs: progress.outTimeUs + step * pass.durationSec * 1e6 })
}

/** A warning when the sound does not come out as the user asked; null: it does. */
function loudnessWarning({ target }: Measurement, { after }: MeasuredLoudness): Warning | null {
  if (!after) {
    const message = 'The sound is silent or shorter than 0.4 s, so its loudness was not changed.'
    return { code: 'loudness-skipped', message }
  }
  if (!isOffTarget(target, after)) return null
  const [found, wanted] = [after, target].map(
    ({ lufs, truePeakDb }) => `${lufs?.toFixed(1)} LUFS with peaks of ${truePeakDb?.toFixed(1)} dBTP`,
  )
  return { code: 'loudness-off-target', message: `The sound has ${found} instead of ${wanted}.` }
}

async function readReading(dir: string): Promise<LoudnessReading> {
  const [loudness, peak] = await Promise.all(
    [METER_FILES.loudness, METER_FILES.peak].map((name) => readTail(join(dir, name))),
  )
  return readMeter(loudness ?? '', peak ?? '')
}

/** Enough for the last line, which is the one that counts: the files of long sounds are large. */
const TAIL_BYTES = 1024

async function readTail(path: string): Promise<string> {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    const start = Math.max(0, size - TAIL_BYTES)
    const { bytesRead, buffer } = await file.read(Buffer.alloc(TAIL_BYTES), 0, TAIL_BYTES, start)
    return buffer.toString('utf8', 0, bytesRead)
  } finally {
    await file.close()
  }
}
