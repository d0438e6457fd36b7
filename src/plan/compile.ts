import type { Edit } from '../edit/operation.js'
import type { Container } from '../edit/output/formats.js'
import { type Rendition, type ResolvedOutput, resolveOutput } from '../edit/output/resolve-output.js'
import type { FieldIssue } from '../errors.js'
import { type CompileContext, Findings } from './context.js'
import { chooseCopying } from './copy/choose-copying.js'
import { trueWarnings } from './copy/true-warnings.js'
import { compileDerived } from './derive/compile-derived.js'
import { finishedFile } from './derive/finished-file.js'
import { distribute } from './distribute.js'
import type { Stage } from './frames/timeline.js'
import { GraphBuilder } from './graph/graph-builder.js'
import { describeDamage } from './inputs/damage.js'
import type { PictureForm } from './inputs/picture-form.js'
import { sourceWarnings } from './inputs/source-warnings.js'
import { neededMeasurements } from './loudness/needed-measurements.js'
import { editMaterial } from './material.js'
import type { Assembly, MeasurementDraft, PassKind, Plan, PlannedOutput } from './model/plan.js'
import type { Sources } from './model/sources.js'
import { type Spreading, toCapacity } from './model/spreading.js'
import { traitsOf } from './ops/operation-traits.js'
import { refusePictures } from './refuse-pictures.js'
import { type CompiledRendition, compileRendition } from './renditions/compile-rendition.js'
import { hdrWarnings } from './renditions/hdr-warnings.js'
import { heardAlone } from './renditions/heard-alone.js'
import { pictureForm } from './renditions/picture-form.js'

export type Compilation =
  | { readonly ok: true; readonly plan: Plan }
  /** Pointers are into the edit, e.g. `/operations/0/end_time`. */
  | { readonly ok: false; readonly issues: readonly FieldIssue[] }

export interface CompileOptions {
  /** Storage key, ending with `/`, below which the outputs are stored. */
  readonly outputPrefix: string
  /** Absent: every rendition is one pass. */
  readonly spreading?: Spreading
  /** Names of outputs whose files are already stored: their passes only say so. Absent: none. */
  readonly stored?: ReadonlySet<string>
}

/** Turns an edit and the facts of its sources into a plan. Pure: the same input gives the same plan anywhere. */
export function compileEdit(
  asked: Edit,
  given: Sources,
  { outputPrefix, spreading = { kind: 'whole' }, stored = new Set() }: CompileOptions,
): Compilation {
  const findings = new Findings()
  const sources = heardAlone(asked, given, resolveOutput(asked.output).container)
  const { video } = sources.video.facts
  if (!video) refusePictures(asked, findings)
  // Whatever else is wrong with such an edit is said of a picture that does not exist.
  if (findings.issues.length > 0) return { ok: false, issues: findings.issues }
  const canCopy = spreading.kind !== 'whole' && video !== null
  const { edit, film } = canCopy
    ? chooseCopying(asked, sources.video.facts, findings)
    : { edit: asked, film: null }
  const { container, renditions: named, ladder, upscale, extras } = resolveOutput(edit.output)
  const job = { edit, sources, container, outputPrefix, findings }
  const renditions = ladder ? climb(job, named, ladder) : named
  const forms = video ? renditions.map((rendition) => pictureForm(edit, rendition, container, video)) : []
  warnOfSources(edit, sources, forms, findings)
  const compiled = renditions.map((rendition) => compileWhole(job, rendition))
  const bySize = chosen(
    compiled.sort((a, b) => pixelsOf(b) - pixelsOf(a)),
    upscale,
  )
  for (const rendition of bySize) warnOfUpscaling(rendition, findings)
  const finished = bySize.map(({ pass, output }) =>
    finishedFile(output.name, output.key, container, pass.encodes[0]),
  )
  const derived = compileDerived(extras, finished, outputPrefix, findings)
  if (findings.issues.length > 0) return { ok: false, issues: unique(findings.issues) }
  // A stream is cut at the same frames in all renditions, which need not be key frames of the source.
  const copied = extras.packaging === 'none' ? film : null
  const means = { film: copied, spreading, stored }
  const { passes, assemblies } = distribute({ edit, sources, container }, bySize, means)
  return {
    ok: true,
    plan: {
      version: 2,
      capacity: toCapacity(spreading),
      measurements: neededMeasurements(
        bySize[0]?.measurements ?? [],
        bySize.map(({ pass }) => pass),
      ),
      // The longest first, so that short ones fill the gaps at the end.
      passes: [...passes].sort((a, b) => b.cost - a.cost),
      assemblies,
      derived: derived.passes,
      outputs: [...bySize.map(({ output }) => madeBy(output, assemblies)), ...derived.outputs],
      warnings: trueWarnings(findings.warnings, copied, assemblies),
    },
  }
}

function madeBy(output: PlannedOutput, assemblies: readonly Assembly[]): PlannedOutput {
  const assembly = assemblies.find(({ key }) => key === output.key)
  return assembly ? { ...output, passName: assembly.name } : output
}

function warnOfSources(
  edit: Edit,
  sources: Sources,
  forms: readonly PictureForm[],
  findings: Findings,
): void {
  const isDeinterlaced = edit.operations.some((op) => traitsOf(op).deinterlaces)
  const shown = { audio: edit.audio ?? null, isDeinterlaced, forms }
  const { facts: main } = sources.video
  for (const warning of sourceWarnings(main, shown)) findings.warn(warning)
  for (const warning of main.video ? hdrWarnings(main.video, forms) : []) findings.warn(warning)
  for (const [id, { facts }] of sources.videos) {
    // An edit chooses the sound track of its own video alone.
    for (const { code, message } of sourceWarnings(facts, { audio: null, isDeinterlaced, forms: [] })) {
      findings.warn({ code, message: `Video ${id}: ${message}` })
    }
  }
  for (const [name, { facts }] of sources.assets) {
    const damage = facts && describeDamage(facts)
    if (damage) findings.warn({ code: 'source-damaged', message: `Asset "${name}": ${damage}` })
  }
}

interface WholeRendition extends CompiledRendition {
  readonly measurements: readonly MeasurementDraft[]
  readonly stages: readonly Stage[]
}

interface Job {
  readonly edit: Edit
  readonly sources: Sources
  readonly container: Container
  readonly outputPrefix: string
  readonly findings: Findings
}

/** A rendition as a single pass. */
function compileWhole(job: Job, rendition: Rendition): WholeRendition {
  const { edit, sources, container, outputPrefix, findings } = job
  const collected = { graph: new GraphBuilder(), findings, measurements: [] }
  const { timeline, stages } = editMaterial(edit, sources, collected, (video) =>
    pictureForm(edit, rendition, container, video),
  )
  const { assets, videos } = sources
  const { staticHdr } = sources.video.facts.video ?? {}
  const context: CompileContext = {
    ...{ ...collected, assets, videos, wanted: null, pointer: rendition.pointer },
    ...(staticHdr ? { staticHdr } : {}),
  }
  const target = { container, outputPrefix, kind: passKind(edit) }
  const compiled = compileRendition(context, rendition, timeline, target)
  return { ...compiled, measurements: collected.measurements, stages }
}

/** The renditions of a ladder that depends on the size of the edited picture. */
function climb(
  job: Job,
  [edited]: readonly Rendition[],
  ladder: NonNullable<ResolvedOutput['ladder']>,
): readonly Rendition[] {
  const picture = edited && compileWhole(job, edited).pass.encodes[0].expected.picture
  return picture ? ladder(picture) : []
}

function pixelsOf({ pass }: CompiledRendition): number {
  const { picture } = pass.encodes[0].expected
  return picture ? picture.width * picture.height : 0
}

/** Without upscaling, rungs above the material are left out. If no rung remains, the smallest is kept. */
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

/** A single operation without an output request runs as the activity of its own name, if there is one. */
function passKind({ operations, output }: Edit): PassKind {
  const [first, ...others] = operations
  if (!first || others.length > 0 || output) return 'transcode'
  return traitsOf(first).passKind
}

/** Each mistake once: every rendition finds the same ones. */
function unique(issues: readonly FieldIssue[]): FieldIssue[] {
  return [...new Map(issues.map((issue) => [`${issue.pointer} ${issue.message}`, issue])).values()]
}
