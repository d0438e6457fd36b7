import type { FfmpegPart } from '../../plan/ffmpeg-parts.js'

/** What the ffmpeg of this process is, and what it lacks. */
export interface Capabilities {
  /** ffmpeg's own name of its version, such as `5.1.9-0+deb12u1` or `N-109542-gabc`. */
  readonly version: string
  readonly ffprobeVersion: string
  /** Cutroom's tests run on versions of this series. */
  readonly isTested: boolean
  /** The release that mends known vulnerabilities, if this version is older; null: it is not, or it has no number. */
  readonly olderThan: string | null
  /** Parts without which some edits are refused. */
  readonly missing: readonly FfmpegPart[]
}
