import type { Edit } from '../edit/operation.js'
import type { Container } from '../edit/output/formats.js'
import { type Rendition, type ResolvedOutput, resolveOutput } from '../edit/output/resolve-output.js'
import { splitTracks } from '../edit/output/tracks.js'
import type { FieldIssue } from '../errors.js'
import { type CompileContext, Findings, type FurtherSound } from './context.js'
import { chooseCopying } from './copy/choose-copying.js'
import { withKeptSound } from './copy/kept-sound.js'
import { trueWarnings } from './copy/true-warnings.js'
import { compileDerived } from './derive/compile-derived.js'
import { finishedFile } from './derive/finished-file.js'
import { distribute } from './distribute.js'
import type { Stage } from './frames/timeline.js'
import { GraphBuilder } from './graph/graph-builder.js'
import { describeDamage, describeRest } from './inputs/damage.js'
import { sourceWarnings } from './inputs/source-warnings.js'
import { neededMeasurements } from './loudness/needed-measurements.js'
import { editMaterial } from './material.js'
import type { SoundLayout } from './model/encode.js'
import type { VideoFacts } from './model/facts.js'
import type { Assembly, Measurement, MeasurementDraft, PassKind, Plan, PlannedOutput } from './model/plan.js'
import type { Sources } from './model/sources.js'
import { type Spreading, toCapacity } from './model/spreading.js'
import { traitsOf } from './ops/operation-traits.js'
import { refusePictures } from './refuse-pictures.js'
import { chooseRenditions } from './renditions/choose-renditions.js'
import { type CompiledRendition, compileRendition } from './renditions/compile-rendition.js'
import { hdrWarnings } from './renditions/hdr-warnings.js'
import { heardAlone } from './renditions/heard-alone.js'
import { pictureForm } from './renditions/picture-form.js'
import { withShownImage } from './renditions/shown-image.js'
import { soundLayout } from './renditions/sound-layout.js'
import { compileWithin, TOO_MUCH_TEXT } from './side-files.js'
import { addTracks } from './tracks/add-tracks.js'
import { chooseSounds } from './tracks/choose-sounds.js'
import { compileTracks } from './tracks/compile-tracks.js'

export type Compilation =
  | { readonly ok: true; readonly plan: Plan; readonly made: MadeFrom }
  /** Pointers are into the edit, e.g. `/operations/0/end_time`. */
  | { readonly ok: false; readonly issues: readonly FieldIssue[] }

/** What a plan is made from, for who makes a part of the same. */
export interface MadeFrom {
  /** As it is carried out. */
  readonly edit: Edit
  readonly sources: Sources
  readonly container: Container
  /** The largest first. */
  readonly renditions: readonly WholeRendition[]
}

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
  request: Edit,
  given: Sources,
  { outputPrefix, spreading = { kind: 'whole' }, stored = new Set() }: CompileOptions,
): Compilation {
  const findings = new Findings()
  const { tracks: askedTracks, output } = splitTracks(request.output)
  const asked: Edit = { ...request, output }
  const shown = withShownImage(asked, given, findings)
  const sources = heardAlone(asked, shown, resolveOutput(asked.output).container)
  const { facts } = sources.video
  if (!facts.video) refusePictures(asked, findings)
  // Whatever else is wrong with such an edit is said of a picture that does not exist.
  if (findings.issues.length > 0) return { ok: false, issues: findings.issues }
  const canCopy = spreading.kind !== 'whole' && facts.video !== null
  const { container, renditions: named, ladder, upscale, extras } = resolveOutput(asked.output)
  const sounds = chooseSounds(askedTracks.audio_tracks, { edit: asked, facts, container, findings })
  const [heard = asked, ...further] = sounds.map(({ track }) => hearing(asked, track))
  const { edit, film } = canCopy ? chooseCopying(heard, facts, findings) : { edit: heard, film: null }
  const job = { edit, further, sources, container, outputPrefix, findings }
  const renditions = ladder ? climb(job, named, ladder) : named
  warnOfSources(job, renditions)
  const whole = compileAll(job, renditions, upscale)
  if (!whole) return { ok: false, issues: [TOO_MUCH_TEXT] }
  const bySize = canCopy ? whole.map((rendition) => withKeptSound(rendition, job)) : whole
  const finished = bySize.map(({ pass, output }) =>
    finishedFile(output.name, output.key, container, pass.encodes[0]),
  )
  const stages = bySize[0]?.stages ?? []
  const tracks = compileTracks(askedTracks, sounds, { edit, sources, container, findings, stages })
  const made = { files: finished, subtitles: tracks.subtitles, sounds }
  const derived = compileDerived(extras, made, outputPrefix, findings)
  if (findings.issues.length > 0) return { ok: false, issues: unique(findings.issues) }
  // A stream is cut at the same frames in all renditions, which need not be key frames of the source.
  const copied = extras.packaging === 'none' ? film : null
  const means = { film: copied, spreading, stored }
  const { passes, assemblies } = addTracks(distribute({ edit, sources, container }, bySize, means), tracks)
  return {
    ok: true,
    plan: {
      version: 2,
      capacity: toCapacity(spreading),
      measurements: measurementsOf(bySize),
      // The longest first, so that short ones fill the gaps at the end.
      passes: [...passes].sort((a, b) => b.cost - a.cost),
      assemblies,
      derived: derived.passes,
      outputs: [...bySize.map(({ output }) => madeBy(output, assemblies)), ...derived.outputs],
      warnings: trueWarnings(findings.warnings, { film: copied, assemblies, renditions: bySize }),
    },
    made: { edit, sources, container, renditions: bySize },
  }
}

function measurementsOf(renditions: readonly WholeRendition[]): Measurement[] {
  const [first] = renditions
  return neededMeasurements(
    first?.measurements ?? [],
    renditions.map(({ pass }) => pass),
  )
}

function madeBy(output: PlannedOutput, assemblies: readonly Assembly[]): PlannedOutput {
  const assembly = assemblies.find(({ key }) => key === output.key)
  return assembly ? { ...output, passName: assembly.name } : output
}

/** The renditions that are made, the largest first; null: they have more text than a plan may hold. */
function compileAll(
  job: Job,
  renditions: readonly Rendition[],
  upscale: boolean,
): readonly WholeRendition[] | null {
  const compiled = compileWithin(renditions, (rendition) => compileWhole(job, rendition))
  if (!compiled) return null
  return chooseRenditions(compiled, upscale, job.findings)
}

function warnOfSources(job: Job, renditions: readonly Rendition[]): void {
  const { edit, further, sources, container, findings } = job
  const isDeinterlaced = edit.operations.some((op) => traitsOf(op).deinterlaces)
  const { facts: main } = sources.video
  const { video } = main
  const forms = video ? renditions.map((rendition) => pictureForm(edit, rendition, container, video)) : []
  const layouts = renditions.map((rendition) => layoutOf(job, rendition))
  const layout = layouts.find((one) => one === 'stereo') ?? layouts[0] ?? 'stereo'
  const background = sources.video.shown?.color
  for (const { audio = null } of [edit, ...further]) {
    for (const warning of sourceWarnings(main, { audio, layout, isDeinterlaced, forms, background }))
      findings.warn(warning)
  }
  for (const warning of main.video ? hdrWarnings(main.video, forms) : []) findings.warn(warning)
  for (const [id, { facts }] of sources.videos) {
    // An edit chooses the sound track of its own video alone.
    const use = { audio: null, isDeinterlaced, forms: [] }
    for (const { code, message } of sourceWarnings(facts, use)) {
      findings.warn({ code, message: `Video ${id}: ${message}` })
    }
  }
  for (const [name, { facts }] of sources.assets) {
    const damage = facts && describeDamage(facts)
    if (damage) findings.warn({ code: 'source-damaged', message: `Asset "${name}": ${damage}` })
    const rest = facts && describeRest(facts)
    if (rest) findings.warn({ code: 'file-goes-on', message: `Asset "${name}": ${rest}` })
  }
}

export interface WholeRendition extends CompiledRendition {
  readonly measurements: readonly MeasurementDraft[]
  readonly stages: readonly Stage[]
}

interface Job {
  readonly edit: Edit
  /** The same with the sound of further tracks. */
  readonly further: readonly Edit[]
  readonly sources: Sources
  readonly container: Container
  readonly outputPrefix: string
  readonly findings: Findings
}

/** A rendition as a single pass. */
function compileWhole(job: Job, rendition: Rendition): WholeRendition {
  const { edit, further, sources, container, outputPrefix, findings } = job
  const layout = layoutOf(job, rendition)
  const collected = { graph: new GraphBuilder(layout), findings, measurements: [] }
  const formOf = (video: VideoFacts) => pictureForm(edit, rendition, container, video)
  const { timeline, stages } = editMaterial(edit, sources, collected, formOf)
  // What is wrong with the edit has been found.
  const furtherSounds = further.map((other): FurtherSound => {
    const { operations } = edit
    const again = { ...collected, findings: new Findings() }
    const { timeline: sound } = editMaterial({ ...other, operations }, sources, again, formOf)
    return { audioPad: sound.audioPad, mayClip: edit.audio?.limit !== false && (sound.mayClip ?? false) }
  })
  const { assets, videos } = sources
  const { staticHdr } = sources.video.facts.video ?? {}
  const context: CompileContext = {
    ...{ ...collected, assets, videos, wanted: null, pointer: rendition.pointer },
    ...(staticHdr ? { staticHdr } : {}),
    ...(furtherSounds.length > 0 ? { furtherSounds } : {}),
  }
  const target = { container, outputPrefix, kind: passKind(edit) }
  const material = edit.audio?.limit === false ? { ...timeline, mayClip: false } : timeline
  const compiled = compileRendition(context, rendition, material, target)
  return { ...compiled, measurements: collected.measurements, stages }
}

function hearing({ audio, ...edit }: Edit, track: number): Edit {
  const { downmix, limit } = audio ?? {}
  return { ...edit, audio: { track, ...(downmix && { downmix }), ...(limit !== undefined && { limit }) } }
}

/** More than two channels stay only if all tracks have them. */
function layoutOf({ edit, further, sources, container }: Job, rendition: Rendition): SoundLayout {
  const layouts = [edit, ...further].map((one) => soundLayout(one, rendition, container, sources.video.facts))
  return layouts.find((layout) => layout === 'stereo') ?? '5.1'
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
