import { AppError } from '../errors.js'
import type { MediaFacts } from '../plan/facts.js'
import { describeDamage } from '../plan/normalise/damage.js'
import type { PassWork, Warning } from '../plan/plan.js'
import type { DecodeReport, StreamReport } from './decode-report.js'

/** What is known of a pass's input. */
export interface KnownInput {
  /** For people, such as `The video`. */
  readonly name: string
  /** null: nobody has scanned it. */
  readonly facts: MediaFacts | null
}

/**
 * Judges how the sources of a pass could be decoded. What could not has left gaps in the result: pictures are
 * held, sound is silent.
 * @throws AppError `source-damaged` when less than half of a picture, or of sound without one, could be decoded
 */
export function judgeDecode(
  report: DecodeReport,
  { graph }: Pick<PassWork, 'graph'>,
  inputs: readonly KnownInput[],
): Warning[] {
  const hasPicture = report.streams.some(({ type }) => type === 'video')
  const warnings: Warning[] = []
  for (const stream of report.streams) {
    const { name, facts } = inputs[stream.input] ?? { name: 'A source', facts: null }
    const bad = stream.corrupt + Math.max(stream.failed, lostInSilence(report, graph, stream, facts))
    if (bad === 0) continue
    const { packets, type } = stream
    const what = type === 'video' ? 'frames' : 'packets of sound'
    if (bad * 2 > packets && (type === 'video' || !hasPicture)) {
      const message = `${name} is damaged: ${Math.max(0, packets - bad)} of ${packets} ${what} can be decoded.`
      throw new AppError('source-damaged', message)
    }
    const message = `${name} is damaged: ${bad} of ${packets} ${what} could not be decoded without faults.`
    warnings.push({ code: 'source-damaged', message })
  }
  if (report.complaints > 0 && warnings.length === 0 && !isKnown(inputs)) {
    warnings.push({ code: 'source-damaged', message: `${nameOfAny(inputs)} is damaged in places.` })
  }
  if (report.hasChanges) {
    const message = `${nameOfAny(inputs)} changes its size on the way: all frames are scaled to the first size.`
    warnings.push({ code: 'size-changes', message })
  }
  return warnings
}

/**
 * Some decoders drop frames without a word. What tells is that a stream that was read to its end has given fewer
 * frames than packets, and that others had to be shown again in their places; packets without a picture of their
 * own leave no gap.
 */
function lostInSilence(
  { repeats }: DecodeReport,
  graph: PassWork['graph'],
  { input, stream, packets, decoded, type }: StreamReport,
  facts: MediaFacts | null,
): number {
  const frameCount = facts?.video?.frameCount ?? Infinity
  if (type !== 'video' || packets < frameCount) return 0
  const gridder = graph.findIndex(
    ({ filter, inputs }) => filter === 'fps' && inputs[0] === `${input}:${stream}`,
  )
  return Math.min(packets - decoded, repeats.get(gridder) ?? 0)
}

/** The plan has told of damage already. */
function isKnown(inputs: readonly KnownInput[]): boolean {
  return inputs.some(({ facts }) => facts && describeDamage(facts))
}

function nameOfAny(inputs: readonly KnownInput[]): string {
  const names = new Set(inputs.map(({ name }) => name))
  return names.size === 1 ? ([...names][0] ?? 'A source') : 'A source of the edit'
}
