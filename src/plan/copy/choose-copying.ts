import type { Edit } from '../../edit/operation.js'
import type { TrimOperation } from '../../edit/operations/trim.js'
import type { Findings } from '../context.js'
import { totalLength } from '../frames/frame-window.js'
import { toNumber } from '../frames/rational.js'
import type { MediaFacts } from '../model/facts.js'
import type { Likeness } from '../model/plan.js'
import { type CopySource, copySource } from './copy-source.js'
import { type KeptFrames, keptFrames } from './kept-frames.js'
import { atKeyFrames } from './key-frame-trim.js'
import { likenessTo } from './likeness.js'
import { cutPieces, type Piece } from './pieces.js'

/** A film of which pieces are copied. */
export interface CopiedFilm extends KeptFrames {
  readonly source: CopySource
  readonly pieces: readonly Piece[]
  /** null: all of it is copied. */
  readonly likeness: Likeness | null
  /** Nothing may be coded anew that need not be. */
  readonly isPure: boolean
}

export interface Copying {
  /** What is rendered: a trim at key frames is moved to them. */
  readonly edit: Edit
  /** null: nothing is copied. */
  readonly film: CopiedFilm | null
}

/** Decides what of an edit's source is copied, and tells of what was asked for and is not to be had. */
export function chooseCopying(asked: Edit, facts: MediaFacts, findings: Findings): Copying {
  const chosen = copyingOf(asked, facts)
  if (typeof chosen === 'string') {
    const isAsked = asked.operations.some((op) => isTrim(op) && op.mode !== null && op.mode !== 'exact')
    if (isAsked)
      findings.warn({ code: 'trim-reencoded', message: `The trim was rendered exactly. ${chosen}` })
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

/** A string: why nothing is copied, for people. */
function copyingOf(asked: Edit, facts: MediaFacts): Chosen | string {
  const { operations, output } = asked
  const source = copySource(facts)
  if (typeof source === 'string') return source
  if (operations.some((op) => isTrim(op) && op.mode === 'exact')) return 'A trim of the edit is an exact one.'
  if (operations.length > 0 && output) return 'The outputs of the edit are coded anew.'
  const trim = operations.filter(isTrim).find(({ mode }) => mode === 'keyframe')
  if (!trim) return withFilm(asked, null, facts, source)
  if (operations.length > 1) return 'There are other operations.'
  const moved = atKeyFrames(asked, trim, facts, source)
  return typeof moved === 'string' ? moved : withFilm(moved.edit, moved.remark, facts, source)
}

/** Fewer seconds are not worth a piece of their own. */
const LEAST_SEC = 0.5

function withFilm(edit: Edit, remark: string | null, facts: MediaFacts, source: CopySource): Chosen | string {
  const isPure = remark !== null
  const frames = keptFrames(edit, facts, source.video)
  if (typeof frames === 'string') return frames
  const leastFrames = isPure ? 1 : Math.max(1, Math.round(LEAST_SEC * toNumber(source.video.frameRate)))
  const { frameCount } = source
  const pieces = cutPieces(source.groups, { ...frames, frameCount, leastFrames })
  const likeness = pieces.some(({ kind }) => kind === 'encode') ? likenessTo(source) : null
  if (typeof likeness === 'string') return likeness
  if (!isWorthIt(pieces)) return 'Less than half of it are whole groups of frames.'
  return { edit, remark, film: { ...frames, source, pieces, likeness, isPure } }
}

function isWorthIt(pieces: readonly Piece[]): boolean {
  const framesOf = (kind: Piece['kind']) =>
    totalLength(pieces.flatMap((piece) => (piece.kind === kind ? piece.window : [])))
  return framesOf('copy') >= framesOf('encode')
}
