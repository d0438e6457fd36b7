import { AppError } from '../../errors.js'
import type { DecodeTally, StreamTally } from '../../jobs/decode-tally.js'
import { describeDamage } from '../../plan/inputs/damage.js'
import type { MediaFacts } from '../../plan/model/facts.js'
import type { Warning } from '../../plan/model/plan.js'
import { COMPLAINTS_A_SEAM } from './complaints.js'

/** A source as judgements need it. */
export interface KnownInput {
  /** Name for people: `The video`. */
  readonly name: string
  /** null: the source has not been scanned. */
  readonly facts: MediaFacts | null
}

const UNKNOWN: KnownInput = { name: 'A source', facts: null }

/**
 * Judges how well sources were decoded. What could not be decoded leaves gaps in the result: the picture stands still,
 * the sound is silent.
 * @param sources sources by storage key
 * @returns warnings for the job
 * @throws AppError `source-damaged` when less than half of a picture, or of sound without one, could be decoded
 */
export function judgeDecode(tally: DecodeTally, sources: ReadonlyMap<string, KnownInput>): Warning[] {
  const hasPicture = tally.streams.some(({ type }) => type === 'video')
  const inputs = [...sources.values()]
  const warnings: Warning[] = []
  for (const stream of tally.streams) {
    const { name, facts } = sources.get(stream.key) ?? UNKNOWN
    const corrupt = Math.max(0, stream.corrupt - seamsOf(facts))
    const bad = corrupt + Math.max(stream.failed, lostInSilence(stream, facts))
    if (bad === 0) continue
    const { packets, type } = stream
    const what = type === 'video' ? 'frames' : 'packets of sound'
    if (bad * 2 > packets && (type === 'video' || !hasPicture)) {
      const message = `${name} is damaged: ${Math.max(0, packets - bad)} of ${packets} ${what} can be decoded.`
      throw new AppError('source-damaged', message)
    }
    const message = `${name} is damaged: ${bad} of ${packets} ${what} could not be decoded without errors.`
    warnings.push({ code: 'source-damaged', message })
  }
  const seams = inputs.reduce((sum, { facts }) => sum + seamsOf(facts), 0)
  if (tally.complaints > COMPLAINTS_A_SEAM * seams && warnings.length === 0 && !isKnown(inputs)) {
    warnings.push({ code: 'source-damaged', message: `${nameOfAny(inputs)} is damaged in places.` })
  }
  return [...warnings, ...describeChanges(tally, inputs)]
}

/** What the plan has not told of. */
function describeChanges(tally: DecodeTally, inputs: readonly KnownInput[]): Warning[] {
  const warnings: Warning[] = []
  if (tally.hasFormChanges) {
    const message = `${nameOfAny(inputs)} changes its bit depth, colour sampling or colour tags: all of it is brought to one form.`
    warnings.push({ code: 'pixel-form-changes', message })
  }
  if (tally.hasChanges && !inputs.some(({ facts }) => facts?.video?.otherSizes)) {
    const message = `${nameOfAny(inputs)} changes its size: all frames are scaled to the size of the first.`
    warnings.push({ code: 'size-changes', message })
  }
  return warnings
}

/** Places where recordings were joined. A frame at each of them counts as damaged though it is not. */
function seamsOf(facts: MediaFacts | null): number {
  const tracks = facts ? [facts.video, ...facts.audio] : []
  return Math.max(0, ...tracks.map((track) => track?.jumps?.length ?? 0))
}

/**
 * Some decoders drop frames silently. It shows when a stream that was read to its end gave fewer frames than packets
 * and other frames had to be repeated in their places; packets without a picture of their own leave no gap. At a
 * variable rate frames are repeated anyway.
 */
function lostInSilence({ packets, decoded, type, repeated }: StreamTally, facts: MediaFacts | null): number {
  const frameCount = facts?.video?.frameCount ?? Infinity
  if (type !== 'video' || packets < frameCount || facts?.video?.isVariableRate === true) return 0
  return Math.min(packets - decoded, repeated)
}

/** Whether the plan has warned of damage already. */
function isKnown(inputs: readonly KnownInput[]): boolean {
  return inputs.some(({ facts }) => facts && describeDamage(facts))
}

function nameOfAny(inputs: readonly KnownInput[]): string {
  const names = new Set(inputs.map(({ name }) => name))
  return names.size === 1 ? ([...names][0] ?? 'A source') : 'A source of the edit'
}
