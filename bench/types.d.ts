import type { Job } from '../src/http/console/answers.d.ts'
import type { Plan } from '../src/plan/model/plan.js'
import type { Clips } from './clips.mjs'
import type { Studio } from './studio.mjs'

/** Seconds: [start, end). */
export interface Stretch {
  readonly start: number
  readonly end: number
}

export interface ClipSize {
  readonly width: number
  readonly height: number
  readonly durationSec: number
}

/** A clip that is made of copies of a piece. */
export interface LongClipSize extends ClipSize {
  readonly pieceSec: number
}

export interface CompositeSizes {
  readonly trim: Stretch
  readonly textSec: number
  readonly fontSizePx: number
  readonly marginPx: number
  readonly qualities: readonly string[]
}

/** How large everything is. */
export interface Sizes {
  readonly source: ClipSize
  readonly composite: CompositeSizes
  readonly long: LongClipSize & { readonly trim: Stretch; readonly overlay: Stretch }
  readonly short: ClipSize & { readonly quality: string; readonly jobs: number }
  /** How many pictures are asked for. */
  readonly previews: number
  readonly fourK: {
    readonly source: ClipSize
    readonly trim: Stretch
    readonly qualities: readonly [string, ...string[]]
  }
  readonly transfers: { readonly bytes: number }
  readonly load: {
    readonly statusSec: number
    readonly submissions: number
    readonly connections: number
  }
  readonly scaling: {
    readonly slots: readonly number[]
    readonly idealSec: number
    readonly source: LongClipSize
    readonly qualities: readonly string[]
  }
  /** The most repetitions of a row. */
  readonly repeat: number
}

export type Print = (text: string) => void

/** What the measurement of a group of rows works with. */
export interface Bench {
  /** For files that serve this run alone. */
  readonly folder: string
  readonly sizes: Sizes
  readonly clips: Clips
  readonly print: Print
  /** Whether the row of that id was asked for. */
  readonly wanted: (id: string) => boolean
  /** How often to repeat a row that is usually repeated that often. */
  readonly repeat: (usual: number) => number
}

/** The same for the groups that share one platform. */
export interface StudioBench extends Bench {
  readonly studio: Studio
}

/** What a run has used. null: this system does not tell. */
export interface Usage {
  readonly wallSec: number
  readonly cpuSec: number | null
  readonly peakMib: number | null
  /** CPU seconds of the platform without ffmpeg. */
  readonly servicesSec?: number
}

/** A step of the row `scaling`. */
export interface ScalingStep {
  readonly slots: number
  readonly passes: number
  readonly actual_s: number
  readonly efficiency: number
  readonly cpu_s: number | null
  readonly peak_mib: number | null
}

/** A row of results.json. Each row has the first eight fields; the others belong to some rows only. */
export interface Row {
  readonly id: string
  readonly title: string
  readonly wall_s: number | null
  readonly cpu_s: number | null
  readonly peak_mib: number | null
  readonly services_cpu_s?: number | null
  readonly runs: readonly (number | null)[]
  readonly ffmpeg_s?: number | null
  readonly overhead_ms?: number | null
  readonly copy_s?: number | null
  readonly of_copying?: number | null
  readonly requests_per_s?: number | null
  readonly p50_ms?: number
  readonly p99_ms?: number
  readonly ideal_s?: number
  readonly steps?: readonly ScalingStep[]
}

/** The fields of a row that goals are about. */
export interface JudgedRow extends Pick<Row, 'id'> {
  readonly wall_s?: number | null
  readonly cpu_s?: number | null
  readonly peak_mib?: number | null
  readonly overhead_ms?: number | null
  readonly of_copying?: number | null
  readonly requests_per_s?: number | null
  readonly p99_ms?: number
  readonly steps?: readonly Pick<ScalingStep, 'slots' | 'efficiency'>[]
}

/** `ok` is null where the check does not apply. */
export interface Check {
  readonly name: string
  readonly ok: boolean | null
  readonly detail: string | null
}

export interface Found {
  readonly rows: readonly Row[]
  readonly checks: readonly Check[]
}

/** A goal with what was measured. `met` is null where nothing was. */
export interface Verdict {
  readonly name: string
  readonly limit: string
  readonly value: number | null
  readonly met: boolean | null
}

/** results.json. */
export interface Results {
  readonly made_at: string
  readonly commit: string | null
  readonly has_changes: boolean | null
  readonly is_quick: boolean
  readonly material: string
  readonly machine: {
    readonly cpu: string
    readonly cores: number
    readonly memory_gib: number
    readonly os: string
    readonly node: string
    readonly ffmpeg: string
    readonly ffmpeg_configuration: readonly string[]
    readonly x264: string
  }
  readonly rows: readonly Row[]
  readonly goals: readonly Verdict[]
  readonly checks: readonly Check[]
}

/** A packet of the picture: when it is shown in seconds, and its bytes. */
export interface Frame {
  readonly time: number
  readonly size: number
}

/** One output of the composite edit. `coding`: the encoders' arguments. */
export interface HandRendition {
  readonly name: string
  readonly width: number
  readonly height: number
  readonly coding: readonly string[]
}

/** The composite edit as ffmpeg is told of it by hand. */
export interface HandEdit {
  readonly source: string
  readonly trim: Stretch
  readonly hasSound: boolean
  readonly text: { readonly file: string; readonly x: number; readonly y: number; readonly endSec: number }
  readonly logo: { readonly file: string; readonly margin: number; readonly opacity: number }
  /** From the largest, which has the source's size, to the smallest. */
  readonly renditions: readonly [HandRendition, ...HandRendition[]]
}

/** Arguments of ffmpeg by command. */
export type Command = readonly string[]

/** Command lines that run at the same time, in lists that run one after another. */
export type Stages = readonly (readonly Command[])[]

/** A job of the platform that has ended, with the plan that it was rendered by. */
export interface PlannedJob {
  readonly job: Job
  readonly plan: Plan
}

/** What autocannon prints. Latencies in ms, `duration` in seconds. */
export interface LoadReport {
  readonly '2xx': number
  readonly non2xx: number
  readonly errors: number
  readonly timeouts: number
  readonly duration: number
  readonly latency: { readonly p50: number; readonly p99: number }
}
