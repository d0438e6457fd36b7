/** Brings the sound to a loudness (EBU R 128), measured over all of it, with one gain. */
export interface LoudnessOperation {
  readonly type: 'loudness'
  /** Integrated loudness: −14 for streaming, −16 for podcasts and telephones, −23 for broadcasting. */
  readonly target_lufs: number
  /** The highest true peak in dBTP: what would be higher is limited. */
  readonly true_peak_db: number
}
