import type { Edit } from '../../edit/operation.js'
import type { PictureRequest } from '../../edit/picture.js'
import type { CompileOptions } from '../../plan/compile.js'
import type { FfmpegPart } from '../../plan/ffmpeg-parts.js'
import type { FontFacts } from '../../plan/model/font-facts.js'
import type { Pass, Plan } from '../../plan/model/plan.js'
import type { Source, Sources, SubtitleFormat } from '../../plan/model/sources.js'
import type { Asset, Owner } from '../model.js'
import type { PlanPreview } from '../use-cases.js'

/** An asset as it is stored. */
export interface AssetFile extends Pick<Asset, 'name' | 'kind' | 'facts' | 'filePath'> {
  /** The bytes of subtitles, which the compiler reads. null: too many to be some. Absent: it needs none. */
  readonly bytes?: Uint8Array | null
  /** Of a font. */
  readonly font?: FontFacts
}

/** A file of an asset, with what it has to be: `any` asks whether it is one of subtitles. */
export interface ReadTask {
  readonly as: 'font' | 'subtitles' | 'any'
  readonly name: string
  /** Absolute, on this machine. The bytes of a large font would hold up this process for seconds. */
  readonly path: string
}

export interface FontTask {
  readonly path: string
}

/** Hands on the path of a file on this machine, which may be gone afterwards. */
export type WithFile = <Result>(use: (path: string) => Promise<Result>) => Promise<Result>

/** An edit with all that its plan depends on. */
export interface CompileTask {
  readonly edit: Edit
  readonly video: Source
  readonly assets: readonly AssetFile[]
  /** Other videos, by their ids as the edit writes them. */
  readonly videos: ReadonlyMap<string, Source>
  /** Text tracks of the video that the edit keeps. Absent: it keeps none. */
  readonly texts?: Sources['texts']
  readonly options: CompileOptions
  /** What ffmpeg lacks here. */
  readonly missing: readonly FfmpegPart[]
}

export interface PictureTask extends Omit<CompileTask, 'options'> {
  readonly picture: PictureRequest
}

export interface MeasureTask extends CompileTask {
  /** Size of the video. */
  readonly sourceBytes: number
}

/** Work whose time and memory depend on what users send. It is done beside the process's own work, for each owner in turn. */
export interface Calculations {
  /**
   * Compiles an edit.
   * @throws AppError `unsupported-media` for an asset that cannot be read; `edit-unrenderable` or `ffmpeg-lacks-part`, with
   *   every issue; `request-too-costly`; `rate-limited`
   */
  compile(owner: Owner, task: CompileTask): Promise<Plan>
  /** Compiles an edit to show what would be done. A plan can be of a size that holds up who only wants to know that. */
  preview(owner: Owner, task: CompileTask): Promise<PlanPreview>
  /**
   * Compiles the picture of an edit at a moment: the pass that makes it.
   * @throws AppError those of `compile`; `no-picture`; `request-invalid` when the edit is shorter
   */
  picture(owner: Owner, task: PictureTask): Promise<Pass>
  /** Compiles an edit to find out the room that it needs, in bytes. */
  measure(owner: Owner, task: MeasureTask): Promise<number>
  /**
   * Says what a font has. What is known of it is kept by the hash of its bytes, so that it is seldom read again.
   * @throws AppError `unsupported-media`; `request-too-costly`; `rate-limited`
   */
  font(owner: Owner, sha256: string, withFile: WithFile): Promise<FontFacts>
  /**
   * Reads an asset that is text or a font.
   * @returns the format of subtitles; null: it is a font, or for `any` it has no subtitles
   * @throws AppError `unsupported-media`; `request-too-costly`; `rate-limited`
   */
  read(owner: Owner, task: ReadTask): Promise<SubtitleFormat | null>
}
