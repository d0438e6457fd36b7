import type { FieldIssue } from '../errors.js'
import type { FrameWindow } from './frames/frame-window.js'
import type { Timeline } from './frames/timeline.js'
import type { GraphBuilder } from './graph/graph-builder.js'
import type { StaticHdr } from './model/facts.js'
import type { MeasurementDraft, Warning } from './model/plan.js'
import type { AssetSource, Source } from './model/sources.js'

/** What an operation uses and reports to while it is compiled. */
export interface CompileContext {
  readonly graph: GraphBuilder
  readonly assets: ReadonlyMap<string, AssetSource>
  readonly videos: ReadonlyMap<string, Source>
  readonly findings: Findings
  /** What operations need to know before anything is rendered, in their order. */
  readonly measurements: MeasurementDraft[]
  /** The frames of its result that the operation has to deliver; null: all. */
  readonly wanted: FrameWindow | null
  /** JSON pointer of the operation in the edit. */
  readonly pointer: string
  /** Of the edited video. Absent: it has none. */
  readonly staticHdr?: StaticHdr
  /** The sound of further tracks of the video, as long as its picture. Absent: there are none. */
  readonly furtherSounds?: readonly FurtherSound[]
}

export interface FurtherSound {
  /** null: silent. */
  readonly audioPad: string | null
  readonly mayClip?: boolean
}

/** What an operation uses beside. */
export interface OperationContext extends CompileContext {
  /**
   * Makes the material before the operation once more: a window of its pictures, or, without one, all of it with its
   * sound.
   */
  readonly before: (wanted: FrameWindow | null) => Timeline
}

/** Mistakes and warnings of a compilation. All mistakes are listed, not only the first. */
export class Findings {
  readonly issues: FieldIssue[] = []
  readonly warnings: Warning[] = []
  #told = 0

  /** How often something was said, known or not. */
  get told(): number {
    return this.#told
  }

  reject(pointer: string, message: string): void {
    this.#told += 1
    this.issues.push({ pointer, message })
  }

  /** Adds a warning once, however many renditions it holds for. */
  warn(warning: Warning): void {
    this.#told += 1
    const isKnown = this.warnings.some(
      ({ code, message }) => code === warning.code && message === warning.message,
    )
    if (!isKnown) this.warnings.push(warning)
  }
}
