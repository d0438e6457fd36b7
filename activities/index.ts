import { settleEnded } from '../src/jobs/lifecycle/settle-ended.js'
import { startUnstarted } from '../src/jobs/lifecycle/start-unstarted.js'
import { createDeliverDue } from './deliver-due.js'
import type { ActivityDeps } from './deps.js'
import { createKeepHouse } from './keep-house.js'
import { createRenderPass } from './passes/run-pass.js'
import { createPlan } from './plan.js'
import { createPoster } from './poster.js'
import { createProbe } from './probe.js'
import { createPublish } from './publish.js'
import { createTurns } from './turns.js'

export type { Places } from './find-slots.js'
export type { Planned } from './plan.js'
export type { Task } from '../src/plan/task-graph.js'

export type Activities = ReturnType<typeof createControlActivities> &
  ReturnType<typeof createProbeActivities> &
  ReturnType<typeof createOutboundActivities> &
  ReturnType<typeof createMediaActivities>

/** Light work, for the queue `control`. */
export function createControlActivities(deps: ActivityDeps) {
  return {
    plan: createPlan(deps),
    publish: createPublish(deps),
    startUnstarted: () => startUnstarted(deps),
    settleEnded: () => settleEnded(deps),
    keepHouse: createKeepHouse(deps),
  }
}

/** Of the slots of a worker's queue `probe`: a file may take half an hour, and one slot is left to the others. */
const PROBES_PER_OWNER = 2
export const PROBE_SLOTS = PROBES_PER_OWNER + 1

/** Work that reads files, for the queue `probe`. */
export function createProbeActivities(deps: ActivityDeps) {
  const inTurn = createTurns(PROBES_PER_OWNER)
  return { probe: inTurn(createProbe(deps)), poster: inTurn(createPoster(deps)) }
}

/** Requests to addresses of users, for the queue `outbound`. */
export function createOutboundActivities(deps: ActivityDeps) {
  return { deliverDue: createDeliverDue(deps) }
}

/**
 * Work that runs ffmpeg, for the queue `media`. All kinds of passes run the same way. Each has a name of its own so that
 * the history of a workflow is easy to read.
 */
export function createMediaActivities(deps: ActivityDeps) {
  const renderPass = createRenderPass(deps)
  return {
    measureLoudness: renderPass,
    trim: renderPass,
    overlay: renderPass,
    watermark: renderPass,
    transcode: renderPass,
    encodeAudio: renderPass,
    assemble: renderPass,
    thumbnails: renderPass,
    package: renderPass,
  }
}
