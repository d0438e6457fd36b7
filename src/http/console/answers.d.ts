// Answers of the REST API, as far as the console, scripts/ and bench/ read them.

export interface Problem {
  readonly title: string
  readonly status?: number
  readonly detail?: string
  readonly code?: string
  readonly request_id?: string
  /** By field. `pointer` is '' for the body as a whole. */
  readonly errors?: readonly { readonly pointer: string; readonly message: string }[]
}

export interface Video {
  readonly id: string
  readonly filename: string
  readonly original_filename: string
  readonly status: string
  readonly file_size: number
  /** Seconds. */
  readonly duration: number
  /** null, as every fact of the picture: the file has sound only. */
  readonly width: number | null
  readonly height: number | null
  readonly frame_rate: number | null
  readonly video_codec: string | null
  readonly download_url: string
  readonly poster_url: string | null
}

export interface Rendition {
  readonly name: string
  readonly status: string
  /** Per cent. */
  readonly progress: number
}

export interface Output {
  readonly name: string
  readonly width: number | null
  readonly height: number | null
  readonly duration: number
  readonly file_size: number
  readonly download_url: string
  readonly file_url: string
}

export interface Job {
  readonly job_id: string
  readonly video_id: string
  readonly workflow_id: string
  readonly type: string
  readonly status: string
  /** Per cent. */
  readonly progress: number
  readonly stage: string
  readonly speed: number | null
  readonly eta_seconds: number | null
  readonly created_at: string
  readonly started_at: string | null
  readonly finished_at: string | null
  readonly error_code: string | null
  readonly error_message: string | null
  readonly warnings: readonly { readonly code: string; readonly message: string }[]
  readonly renditions: readonly Rendition[]
  readonly outputs: readonly Output[]
  /** null for those who may not see how jobs are run. */
  readonly temporal_ui_url: string | null
}

/** What a dry run answers. */
export interface Plan {
  readonly passes: readonly { readonly name: string; readonly ffmpeg_arguments: readonly string[] }[]
  readonly outputs: readonly {
    readonly name: string
    readonly quality: string | null
    readonly width: number | null
    readonly height: number | null
  }[]
}

export interface Health {
  readonly status: string
  /** null for those who send no key where keys are asked for. */
  readonly checks: Readonly<Record<string, { readonly ok: boolean; readonly message: string | null }>> | null
}
