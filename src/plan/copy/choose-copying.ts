import type { Edit } from '../../edit/operation.js'
import type { TrimOperation } from '../../edit/operations/trim.js'
import type { Findings } from '../context.js'
import { totalLength } from '../frames/frame-window.js'
import { toNumber } from '../frames/rational.js'
import type { MediaFacts } from '../model/facts.js'
import type { SourceMatch } from '../model/plan.js'
import { type CopySource, copySource } from './copy-source.js'
import { type KeptFrames, keptFrames } from './kept-frames.js'
import { atKeyFrames } from './key-frame-trim.js'
import { matchSource } from './match-source.js'
import { cutPieces, type Piece } from './pieces.js'

/** A film some pieces of which are copied from the source. */
export interface CopiedFilm extends KeptFrames {
  readonly source: CopySource
  readonly pieces: readonly Piece[]
  /** How encoded pictures match the copied ones; null: the whole film is copied. */
  readonly likeness: SourceMatch | null
  /** The edit asked for copies alone: sound is copied, too, wherever it can be. */
  readonly isPure: boolean
}

export interface Copying {
  /** The edit that is rendered: its trim is moved to key frames where it asks for that. */
  readonly edit: Edit
  /** null: nothing is copied. */
  readonly film: CopiedFilm | null
}

/** Decides what is copied from the source of an edit, and warns when the requested trim mode is impossible. */
export function chooseCopying(asked: Edit, facts: MediaFacts, findings: Findings): Copying {
  const chosen = copyingOf(asked, facts)
  if (typeof chosen === 'string') {
    const isAsked = asked.operations.some((op) => isTrim(op) && op.mode !== null && op.mode !== 'exact')
    if (isAsked) {
      findings.warn({ code: 'trim-reencoded', message: `The trim was rendered exactly. ${chosen}` })
    }
    return { edit: asked, film: null }
  }
  if (chosen.remark !== null) findings.warn({ code: 'trim-at-key-frames', message: chosen.remark })
  return chosen
}

function isTrim(op: Edit['operations'][number]): op is TrimOperation {
  return op.type === 'trim'
}

interface Chosen extends Copying {
  readonly remark: string | null
}

/** @returns a sentence for people that says why nothing is copied, or what is copied */
function copyingOf(asked: Edit, facts: MediaFacts): Chosen | string {
  const { operations, output } = asked
  const source = copySource(facts)
  if (typeof source === 'string') return source
  if (operations.some((op) => isTrim(op) && op.mode === 'exact'))
    return 'A trim of the edit has the mode "exact".'
  if (operations.length > 0 && output)
    return 'The edit has operations and names its outputs, which are re-encoded.'
  const trim = operations.filter(isTrim).find(({ mode }) => mode === 'keyframe')
  if (!trim) return withFilm(asked, null, facts, source)
  if (operations.length > 1) return 'The edit has other operations.'
  const moved = atKeyFrames(asked, trim, facts, source)
  return typeof moved === 'string' ? moved : withFilm(moved.edit, moved.remark, facts, source)
}

/** A shorter stretch is not worth a piece of its own. */
const LEAST_SEC = 0.5

function withFilm(edit: Edit, remark: string | null, facts: MediaFacts, source: CopySource): Chosen | string {
  const isPure = remark !== null
  const frames = keptFrames(edit, facts, source.video)
  if (typeof frames === 'string') return frames
  const leastFrames = isPure ? 1 : Math.max(1, Math.round(LEAST_SEC * toNumber(source.video.frameRate)))
  const { frameCount } = source
  const pieces = cutPieces(source.groups, { ...frames, frameCount, leastFrames })
  const likeness = pieces.some(({ kind }) => kind === 'encode') ? matchSource(source) : null
  if (typeof likeness === 'string') return likeness
  if (!isWorthIt(pieces)) return 'Less than half of the result are whole groups of frames.'
  return { edit, remark, film: { ...frames, source, pieces, likeness, isPure } }
}

function isWorthIt(pieces: readonly Piece[]): boolean {
  const framesOf = (kind: Piece['kind']) =>
    totalLength(pieces.flatMap((piece) => (piece.kind === kind ? piece.window : [])))
  return framesOf('copy') >= framesOf('encode')
}
