import { excessOfPicture, LIMITS } from '../edit/limits.js'
import type { Edit, Operation } from '../edit/operation.js'
import { type CompileContext, Findings } from './context.js'
import type { FrameWindow } from './frames/frame-window.js'
import { durationSec, type Stage, type Timeline } from './frames/timeline.js'
import { openSound } from './inputs/open-sound.js'
import type { PictureForm } from './inputs/picture-form.js'
import type { VideoFacts } from './model/facts.js'
import type { Sources } from './model/sources.js'
import { openTrimmed } from './open-trimmed.js'
import { applyOperation } from './ops/apply-operation.js'
import { neededFrames } from './ops/needed-frames.js'

/** The edited material, from which renditions are made. */
export interface Material {
  readonly timeline: Timeline
  /** The extents after the trims at the head, and after each later operation. */
  readonly stages: readonly Stage[]
}

export type Collected = Pick<CompileContext, 'graph' | 'findings' | 'measurements'>

/** Opens the source and applies all operations. */
export function editMaterial(
  edit: Edit,
  sources: Sources,
  collected: Collected,
  formOf: (video: VideoFacts) => PictureForm,
): Material {
  const { timeline: opened, done } = open(edit, sources, collected, { formOf, wanted: null })
  const stages: Stage[] = [opened]
  const timeline = edit.operations.slice(done).reduce((before, op, index) => {
    const pointer = `/operations/${done + index}`
    const { told } = collected.findings
    const reread = rereader(edit, sources, collected, { count: done + index, stages: [...stages], formOf })
    const context = { ...collected, ...sources, pointer, wanted: null, before: reread }
    const after = applyOperation(context, op, before)
    // Whatever was said says more.
    if (isSame(before, after) && told === collected.findings.told) warnOfNoEffect(op, pointer, collected)
    refuseExcess(before, after, pointer, collected.findings)
    stages.push(after)
    return after
  }, opened)
  return { timeline, stages }
}

interface Reread {
  /** Operations of the edit that are applied. */
  readonly count: number
  /** The stages that they leave. */
  readonly stages: readonly Stage[]
  readonly formOf: (video: VideoFacts) => PictureForm
}

/** Makes the material once more as the first operations leave it. What there is to say of them has been said. */
function rereader(
  edit: Edit,
  sources: Sources,
  { graph }: Collected,
  { count, stages, formOf }: Reread,
): (wanted: FrameWindow | null) => Timeline {
  const head = { ...edit, operations: edit.operations.slice(0, count) }
  return (wanted) => {
    const again = { graph, findings: new Findings(), measurements: [] }
    const { video } = sources.video.facts
    return wanted && video
      ? editStretch(head, sources, again, { form: formOf(video), stages, wanted })
      : editMaterial(head, sources, again, formOf).timeline
  }
}

/** Whether an operation has left the material alone. Those that have nothing to do add no filter. */
function isSame(before: Timeline, after: Timeline): boolean {
  return (
    before.videoPad === after.videoPad &&
    before.audioPad === after.audioPad &&
    before.frameCount === after.frameCount
  )
}

function warnOfNoEffect(op: Operation, pointer: string, { findings }: Collected): void {
  findings.warn({ code: 'no-effect', message: `The operation "${op.type}" at ${pointer} changes nothing.` })
}

interface EditedStretch {
  readonly form: PictureForm
  /** Stages of the whole material, see `Material`. */
  readonly stages: readonly Stage[]
  /** The frames of the material that are needed. */
  readonly wanted: FrameWindow
}

/** The same for a window of the material, without its sound. Frames keep the times that they have in the whole. */
export function editStretch(
  edit: Edit,
  sources: Sources,
  collected: Collected,
  { form, stages, wanted }: EditedStretch,
): Timeline {
  const operations = edit.operations.slice(edit.operations.length + 1 - stages.length)
  const windows = neededInTurn(operations, stages, wanted)
  const { timeline: opened, done } = open(edit, sources, collected, {
    formOf: () => form,
    wanted: windows[0] ?? wanted,
  })
  return operations.reduce((before, op, index) => {
    const pointer = `/operations/${done + index}`
    const made = { count: done + index, stages: stages.slice(0, index + 1), formOf: () => form }
    const reread = rereader(edit, sources, collected, made)
    const window = windows[index + 1] ?? wanted
    return applyOperation({ ...collected, ...sources, pointer, wanted: window, before: reread }, op, before)
  }, opened)
}

/** The frames that are needed before the first operation, and those that each operation has to deliver. */
function neededInTurn(
  operations: Edit['operations'],
  stages: readonly Stage[],
  wanted: FrameWindow,
): FrameWindow[] {
  const windows = [wanted]
  for (const [index, op] of [...operations.entries()].reverse()) {
    const [before, after] = [stages[index], stages[index + 1]]
    if (before && after) windows.unshift(neededFrames(op, windows[0] ?? wanted, before, after))
  }
  return windows
}

interface Opening {
  readonly formOf: (video: VideoFacts) => PictureForm
  readonly wanted: FrameWindow | null
}

function open(edit: Edit, { video: source }: Sources, collected: Collected, { formOf, wanted }: Opening) {
  const { video } = source.facts
  if (video) return openTrimmed(edit, source, collected, { video, form: formOf(video), wanted })
  return { timeline: openSound(collected.graph, source, edit, collected.findings), done: 0 }
}

/** No operation makes the material larger or longer than the limits. */
function refuseExcess(before: Timeline, after: Timeline, pointer: string, findings: Findings): void {
  if (findings.issues.some((issue) => `${issue.pointer}/`.startsWith(`${pointer}/`))) return
  const excess = excessOfPicture(after)
  if (excess && !excessOfPicture(before)) findings.reject(pointer, `the picture would be ${excess}`)
  const seconds = durationSec(after)
  if (seconds > LIMITS.durationSec && seconds > durationSec(before)) {
    findings.reject(pointer, `the result would be longer than ${LIMITS.durationSec / 3600} hours`)
  }
}
