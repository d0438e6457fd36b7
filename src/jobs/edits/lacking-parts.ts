import type { Edit } from '../../edit/operation.js'
import { AUDIO_CODEC_TRAITS } from '../../edit/output/audio-codecs.js'
import { audioCodecsIn, CONTAINER_TRAITS, videoCodecsIn } from '../../edit/output/containers.js'
import type { Container } from '../../edit/output/formats.js'
import { listed } from '../../edit/output/prose.js'
import { type Rendition, resolveOutput } from '../../edit/output/resolve-output.js'
import { VIDEO_CODEC_TRAITS } from '../../edit/output/video-codecs.js'
import type { FieldIssue } from '../../errors.js'
import { compileEdit } from '../../plan/compile.js'
import { type FfmpegPart, partsUsed } from '../../plan/ffmpeg-parts.js'
import type { Plan } from '../../plan/model/plan.js'
import type { Sources } from '../../plan/model/sources.js'
import { pointerTo } from '../../plan/renditions/check-rendition.js'
import { audioCodecOf, videoCodecOf } from '../../plan/renditions/coding.js'

export interface Planned {
  readonly edit: Edit
  readonly sources: Sources
  readonly plan: Plan
}

/**
 * What the plan of an edit needs and ffmpeg does not have here, as mistakes of the edit.
 * @param missing parts that ffmpeg lacks
 */
export function lackingParts(planned: Planned, missing: readonly FfmpegPart[]): FieldIssue[] {
  const lacking = partsUsed(planned.plan, missing)
  const issues = lacking.flatMap((part) => {
    switch (part.kind) {
      case 'encoder':
        return codecIssues(planned.edit, part, missing)
      case 'filter':
        return [filterIssue(planned, part)]
    }
  })
  return [...new Map(issues.map((issue) => [issue.pointer, issue])).values()]
}

function codecIssues({ output }: Edit, part: FfmpegPart, missing: readonly FfmpegPart[]): FieldIssue[] {
  const { container, renditions } = resolveOutput(output)
  const isMade = (encoder: string) =>
    !missing.some(({ kind, name }) => kind === 'encoder' && name === encoder)
  const choices = {
    video_codec: videoCodecsIn(container).filter((codec) => isMade(VIDEO_CODEC_TRAITS[codec].encoder)),
    audio_codec: audioCodecsIn(container).filter((codec) => isMade(AUDIO_CODEC_TRAITS[codec].encoder)),
  }
  return renditions.flatMap((rendition) => {
    const field = fieldMadeBy(part, rendition, container)
    if (!field) return []
    const others = field === 'container' ? [] : choices[field]
    const choice = others.length > 0 ? listed(others, 'or') : 'another container'
    const pointer = field === 'container' ? rendition.pointer : pointerTo(rendition, field)
    return [{ pointer, message: `${cannot(part)}: choose ${choice}` }]
  })
}

/** The field of a rendition that asks for an encoder; null: none does. */
function fieldMadeBy(
  { name }: FfmpegPart,
  rendition: Rendition,
  container: Container,
): 'video_codec' | 'audio_codec' | 'container' | null {
  const video = videoCodecOf(rendition, container)
  const audio = audioCodecOf(rendition, container)
  const trait = CONTAINER_TRAITS[container]
  if (video && VIDEO_CODEC_TRAITS[video].encoder === name) return 'video_codec'
  if (audio && AUDIO_CODEC_TRAITS[audio].encoder === name) return 'audio_codec'
  return trait.holds === 'animation' && trait.encoder === name ? 'container' : null
}

/** The first operation with which the plan needs the filter; the whole edit, where its source alone does. */
function filterIssue({ edit, sources }: Planned, part: FfmpegPart): FieldIssue {
  const isUsedBy = (count: number) => {
    const begun = { ...edit, operations: edit.operations.slice(0, count), output: null }
    const compilation = compileEdit(begun, sources, { outputPrefix: 'begun/' })
    return compilation.ok && partsUsed(compilation.plan, [part]).length > 0
  }
  const message = cannot(part)
  if (isUsedBy(0)) return { pointer: '/video_id', message }
  const count = firstWhere(edit.operations.length, isUsedBy)
  return { pointer: count === null ? '/output' : `/operations/${count - 1}`, message }
}

/** The smallest number from 1 to `last` for which a condition holds that holds for all above it; null: for none. */
function firstWhere(last: number, holds: (count: number) => boolean): number | null {
  if (last === 0 || !holds(last)) return null
  let [low, high] = [1, last]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (holds(middle)) high = middle
    else low = middle + 1
  }
  return high
}

function cannot({ ability }: FfmpegPart): string {
  return `the ffmpeg of this server cannot ${ability}`
}
