/** Another sound in place of the material's, or mixed with it. */
export interface ReplaceAudioOperation {
  readonly type: 'replace_audio'
  /** Name of an audio asset, or of a video asset with sound. */
  readonly audio: string
  readonly mode: 'replace' | 'mix'
  /** Where it begins, in seconds on the timeline. */
  readonly start_time: number
  /** Seconds of the asset to leave out at its start. */
  readonly offset: number
  /** What is heard of the asset begins again at its end, until the timeline ends. */
  readonly loop: boolean
  /** Seconds at the start and the end of what is heard; 0: none. */
  readonly fade_in: number
  readonly fade_out: number
  /** Decibels, of the asset's sound. */
  readonly volume_db: number
  /** `mix` only: one sound gives way while the other is heard; null: neither does. */
  readonly ducking: Ducking | null
}

export interface Ducking {
  /** The sound that gives way: the material's under a voice-over, the asset's under speech in the material. */
  readonly lower: 'material' | 'added'
  /** Decibels. */
  readonly amount_db: number
  /** Seconds that it takes to give way, and to come back. */
  readonly attack: number
  readonly release: number
}
