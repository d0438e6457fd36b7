import type { Report } from './report.mjs'

/** What a try of a program has shown. `detail`: its version, or what is wrong with it. */
export interface Verdict {
  readonly ok: boolean
  readonly detail: string
}

/** dist/tools.json. `tried`: by path, with a fingerprint that changes when the file does. */
export interface Tools {
  ffmpeg?: string
  ffprobe?: string
  /** null: the Temporal server is at TEMPORAL_ADDRESS. */
  temporal?: string | null
  tried: Record<string, Verdict & { readonly fingerprint: string }>
}

/** What is known of a program at a path; undefined: it has to be tried first. */
export type Recall = (path: string) => Promise<Verdict | undefined>

export interface ToolsFile {
  readonly tools: Tools
  readonly recall: Recall
  readonly remember: (path: string, verdict: Verdict) => Promise<void>
  readonly save: () => Promise<void>
}

/** What a step may look at. */
export interface CheckContext {
  readonly root: string
  readonly toolsFile: ToolsFile
}

/** What a step may work with. `signal` is aborted when another step has failed. */
export interface RunContext extends CheckContext {
  readonly report: Report
  readonly signal: AbortSignal
  /** Resolves when the npm packages are installed. */
  readonly packagesReady: Promise<void>
}

export interface Step {
  readonly label: string
  /** What is in place, in a few words; null when something is missing. Runs nothing. */
  readonly check: (context: CheckContext) => Promise<string | null>
  /** Puts into place what is missing. Gives the same few words. Throws a SetupError that says how to go on. */
  readonly run: (context: RunContext) => Promise<string>
}

/** What the two ways to get a Temporal server need. */
export interface GetTemporal extends Pick<RunContext, 'report' | 'signal'> {
  /** Where the program goes. */
  readonly target: string
  readonly isGood: (path: string) => Promise<boolean>
  readonly label: string
}
