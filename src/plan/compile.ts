import type { Container } from '../edit/containers.js'
import { excessOf, LIMITS } from '../edit/limits.js'
import type { Edit } from '../edit/operations.js'
import { resolveOutput, type Rendition } from '../edit/resolve-output.js'
import type { FieldIssue } from '../errors.js'
import { Findings, type CompileContext } from './context.js'
import { compileDerived } from './derive/compile-derived.js'
import { finishedFile } from './derive/finished-file.js'
import type { VideoFacts } from './facts.js'
import { GraphBuilder } from './graph-builder.js'
import { neededMeasurements, type MeasurementDraft } from './loudness/needed-measurements.js'
import { openSound, refusePictures } from './open-sound.js'
import { openTrimmed } from './open-trimmed.js'
import { pictureForm, type PictureForm } from './normalise/picture-form.js'
import { describeDamage } from './normalise/damage.js'
import { sourceWarnings } from './normalise/source-warnings.js'
import { applyOperation } from './ops/apply-operation.js'
import type { PassKind, Plan } from './plan.js'
import { compileRendition, type CompiledRendition } from './renditions/compile-rendition.js'
import type { Sources } from './sources.js'
import { durationSec, type Timeline } from './timeline.js'

export type Compilation =
  | { readonly ok: true; readonly plan: Plan }
  /** Pointers are into the edit, such as `/operations/0/end_time`. */
  | { readonly ok: false; readonly issues: readonly FieldIssue[] }

/**
 * Turns an edit and the facts of its sources into a plan. Pure: the same input gives the same plan anywhere.
 * @param outputPrefix storage key, ending with `/`, below which the outputs belong
 */
export function compileEdit(edit: Edit, sources: Sources, outputPrefix: string): Compilation {
  const findings = new Findings()
  const video = sources.video.facts.video
  if (!video) refusePictures(edit, findings)
  // Nothing that is said of a picture then would be true.
  if (findings.issues.length > 0) return { ok: false, issues: findings.issues }
  const { container, renditions, upscale, extras } = resolveOutput(edit.output)
  const forms = video ? renditions.map((rendition) => pictureForm(edit, rendition, container, video)) : []
  warnOfSources(edit, sources, forms, findings)
  const compiled = renditions.map((rendition) =>
    renderPass(edit, sources, rendition, { container, outputPrefix }, findings),
  )
  const bySize = chosen(
    compiled.sort((a, b) => pixelsOf(b) - pixelsOf(a)),
    upscale,
  )
  for (const rendition of bySize) warnOfUpscaling(rendition, findings)
  const finished = bySize.map(({ pass, output }) =>
    finishedFile(output.name, output.key, container, pass.encode),
  )
  const derived = compileDerived(extras, finished, outputPrefix, findings)
  if (findings.issues.length > 0) return { ok: false, issues: unique(findings.issues) }
  const passes = bySize.map(({ pass }) => pass)
  return {
    ok: true,
    plan: {
      version: 1,
      measurements: neededMeasurements(bySize[0]?.measurements ?? [], passes),
      // The longest first: what is short fills the gaps at the end.
      passes: [...passes].sort((a, b) => b.cost - a.cost),
      derived: derived.passes,
      outputs: [...bySize.map(({ output }) => output), ...derived.outputs],
      warnings: findings.warnings,
    },
  }
}

function warnOfSources(
  edit: Edit,
  sources: Sources,
  forms: readonly PictureForm[],
  findings: Findings,
): void {
  for (const warning of sourceWarnings(sources.video.facts, edit, forms)) findings.warn(warning)
  for (const [id, { facts }] of sources.videos) {
    // The choice of a sound track is one of the edited video's.
    for (const { code, message } of sourceWarnings(facts, { ...edit, audio: null }, [])) {
      findings.warn({ code, message: `Video ${id}: ${message}` })
    }
  }
  for (const [name, { facts }] of sources.assets) {
    const damage = facts && describeDamage(facts)
    if (damage) findings.warn({ code: 'source-damaged', message: `Asset "${name}": ${damage}` })
  }
}

function renderPass(
  edit: Edit,
  sources: Sources,
  rendition: Rendition,
  target: { readonly container: Container; readonly outputPrefix: string },
  findings: Findings,
): CompiledRendition & { readonly measurements: readonly MeasurementDraft[] } {
  const collected = { graph: new GraphBuilder(), findings, measurements: [] }
  const material = applyOperations(edit, sources, collected, (video) =>
    pictureForm(edit, rendition, target.container, video),
  )
  const { assets, videos } = sources
  const context = { ...collected, assets, videos, pointer: rendition.pointer }
  const compiled = compileRendition(context, rendition, material, { ...target, kind: passKind(edit) })
  return { ...compiled, measurements: collected.measurements }
}

function pixelsOf({ pass }: CompiledRendition): number {
  const { picture } = pass.encode.expected
  return picture ? picture.width * picture.height : 0
}

/** Without upscaling the rungs above the material are left out, but for the smallest of them when there is no other. */
function chosen<Rendition extends CompiledRendition>(
  renditions: readonly Rendition[],
  upscale: boolean,
): readonly Rendition[] {
  if (upscale) return renditions
  const within = renditions.filter(({ isUpscaled }) => !isUpscaled)
  return within.length > 0 ? within : renditions.slice(-1)
}

function warnOfUpscaling({ output, isUpscaled }: CompiledRendition, findings: Findings): void {
  if (!isUpscaled) return
  findings.warn({ code: 'upscaled', message: `${output.name} is larger than the edited picture.` })
}

/** A lone operation without a ladder runs as the activity of its own name, where it has one. */
function passKind({ operations, output }: Edit): PassKind {
  const [first, ...others] = operations
  if (!first || others.length > 0 || output) return 'transcode'
  return first.type === 'trim' || first.type === 'overlay' || first.type === 'watermark'
    ? first.type
    : 'transcode'
}

function applyOperations(
  edit: Edit,
  sources: Sources,
  collected: Pick<CompileContext, 'graph' | 'findings' | 'measurements'>,
  formOf: (video: VideoFacts) => PictureForm,
): Timeline {
  const { graph, findings } = collected
  const { video } = sources.video.facts
  const { timeline: opened, done } = video
    ? openTrimmed(edit, sources, video, graph, findings, formOf(video))
    : { timeline: openSound(graph, sources.video, edit, findings), done: 0 }
  const world = { ...collected, assets: sources.assets, videos: sources.videos }
  return edit.operations.slice(done).reduce((timeline, op, index) => {
    const pointer = `/operations/${done + index}`
    const changed = applyOperation({ ...world, pointer }, op, timeline)
    refuseExcess(timeline, changed, pointer, findings)
    return changed
  }, opened)
}

/** No operation makes the material larger or longer than the limits. */
function refuseExcess(before: Timeline, after: Timeline, pointer: string, findings: Findings): void {
  if (findings.issues.some((issue) => `${issue.pointer}/`.startsWith(`${pointer}/`))) return
  const excess = excessOf(after)
  if (excess && !excessOf(before)) findings.reject(pointer, `the picture would be ${excess}`)
  const seconds = durationSec(after)
  if (seconds > LIMITS.durationSec && seconds > durationSec(before)) {
    findings.reject(pointer, `the result would be longer than ${LIMITS.durationSec / 3600} hours`)
  }
}

/** Every rendition meets the same mistakes. */
function unique(issues: readonly FieldIssue[]): FieldIssue[] {
  return [...new Map(issues.map((issue) => [`${issue.pointer} ${issue.message}`, issue])).values()]
}
