import { NO_EXTRAS } from '../edit/extras.js'
import { LIMITS } from '../edit/limits.js'
import type { Edit } from '../edit/operations.js'
import type { QualityName } from '../edit/qualities.js'
import type { FieldIssue } from '../errors.js'
import { Findings } from './context.js'
import { compileDerived } from './derive/compile-derived.js'
import { finishedFile } from './derive/finished-file.js'
import { h264, outputSize, STEREO_AAC } from './encode.js'
import type { VideoFacts } from './facts.js'
import { GraphBuilder } from './graph-builder.js'
import { openTrimmed } from './open-trimmed.js'
import { sourceWarnings } from './normalise/source-warnings.js'
import { applyOperation } from './ops/apply-operation.js'
import type { Encode, Pass, PassKind, Plan, PlannedOutput } from './plan.js'
import { exactLength } from './sound-grid.js'
import type { Sources } from './sources.js'
import { durationSec, type Timeline } from './timeline.js'

export type Compilation =
  | { readonly ok: true; readonly plan: Plan }
  /** Pointers are into the edit, such as `/operations/0/end_time`. */
  | { readonly ok: false; readonly issues: readonly FieldIssue[] }

/** Name of the one output of an edit without qualities. */
const EDITED = 'edited'

/**
 * Turns an edit and the facts of its sources into a plan. Pure: the same input gives the same plan anywhere.
 * @param outputPrefix storage key, ending with `/`, below which the outputs belong
 */
export function compileEdit(edit: Edit, sources: Sources, outputPrefix: string): Compilation {
  const findings = new Findings()
  const video = sources.video.facts.video
  if (!video) return { ok: false, issues: [{ pointer: '/video_id', message: 'the video has no picture' }] }
  warnOfSources(edit, sources, video, findings)
  const qualities: readonly (QualityName | null)[] = edit.output?.qualities ?? [null]
  const rendered = qualities.map((quality) =>
    renderPass(edit, sources, video, quality, findings, outputPrefix),
  )
  const bySize = rendered.sort((a, b) => b.pass.cost - a.pass.cost)
  const finished = bySize.map(({ pass, output }) => finishedFile(output.name, output.key, pass.encode))
  const derived = compileDerived(edit.output ?? NO_EXTRAS, finished, outputPrefix, findings)
  if (findings.issues.length > 0) return { ok: false, issues: unique(findings.issues) }
  return {
    ok: true,
    plan: {
      version: 1,
      passes: bySize.map(({ pass }) => pass),
      derived: derived.passes,
      outputs: [...bySize.map(({ output }) => output), ...derived.outputs],
      warnings: findings.warnings,
    },
  }
}

function warnOfSources(edit: Edit, sources: Sources, video: VideoFacts, findings: Findings): void {
  for (const warning of sourceWarnings(sources.video.facts, video, edit)) findings.warn(warning)
  for (const [id, { facts }] of sources.videos) {
    if (!facts.video) continue
    // The choice of a sound track is one of the edited video's.
    for (const { code, message } of sourceWarnings(facts, facts.video, { ...edit, audio: null })) {
      findings.warn({ code, message: `Video ${id}: ${message}` })
    }
  }
}

function renderPass(
  edit: Edit,
  sources: Sources,
  video: VideoFacts,
  quality: QualityName | null,
  findings: Findings,
  outputPrefix: string,
): { pass: Pass; output: PlannedOutput } {
  const graph = new GraphBuilder()
  const timeline = applyOperations(edit, sources, video, graph, findings)
  const encode = encodeTimeline(graph, timeline, quality)
  const kind = passKind(edit)
  const name = quality ?? EDITED
  const passName = `${kind}-${name}`
  const { width, height, frameCount } = encode.expected
  if (Math.max(width, height) > LIMITS.sidePx) {
    const index = quality ? edit.output?.qualities.indexOf(quality) : null
    findings.reject(
      quality ? `/output/qualities/${index}` : '/video_id',
      `the picture would be ${width}×${height}, but ${LIMITS.sidePx} pixels a side are the most`,
    )
  }
  if (quality && Math.min(width, height) > Math.min(timeline.width, timeline.height)) {
    const size = `${timeline.width}×${timeline.height}`
    findings.warn({ code: 'upscaled', message: `${quality} is larger than the edited picture of ${size}.` })
  }
  if (!timeline.audioPad) findings.warn({ code: 'no-audio', message: 'The video has no sound.' })
  return {
    pass: {
      name: passName,
      kind,
      summary: `${name}, ${width}×${height}, ${durationSec(timeline).toFixed(1)} s`,
      inputs: graph.inputs,
      sideFiles: graph.sideFiles,
      graph: graph.leadingTo([encode.videoPad, encode.audioPad ?? []].flat()),
      encode,
      outputName: name,
      cost: (width * height * frameCount) / 1e6,
    },
    output: { name, quality, container: 'mp4', passName, key: `${outputPrefix}${name}.mp4`, folder: null },
  }
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
  video: VideoFacts,
  graph: GraphBuilder,
  findings: Findings,
): Timeline {
  const { timeline: opened, done } = openTrimmed(edit, sources, video, graph, findings)
  const world = { graph, assets: sources.assets, videos: sources.videos, findings }
  return edit.operations
    .slice(done)
    .reduce(
      (timeline, op, index) =>
        applyOperation({ ...world, pointer: `/operations/${done + index}` }, op, timeline),
      opened,
    )
}

function encodeTimeline(graph: GraphBuilder, timeline: Timeline, quality: QualityName | null): Encode {
  const size = outputSize(timeline, quality)
  const isScaled = size.width !== timeline.width || size.height !== timeline.height
  const seconds = durationSec(timeline)
  return {
    videoPad: isScaled
      ? graph.chain(timeline.videoPad, [
          ['scale', { w: size.width, h: size.height }],
          ['setsar', { sar: 1 }],
        ])
      : timeline.videoPad,
    video: h264(timeline, quality),
    // Sound is made exactly as long as the picture.
    audioPad: timeline.audioPad && graph.chain(timeline.audioPad, exactLength(timeline)),
    audio: timeline.audioPad ? STEREO_AAC : null,
    container: 'mp4',
    expected: {
      ...size,
      frameRate: timeline.frameRate,
      frameCount: timeline.frameCount,
      durationSec: seconds,
      hasAudio: timeline.audioPad !== null,
    },
  }
}

/** Every rendition meets the same mistakes. */
function unique(issues: readonly FieldIssue[]): FieldIssue[] {
  return [...new Map(issues.map((issue) => [`${issue.pointer} ${issue.message}`, issue])).values()]
}
