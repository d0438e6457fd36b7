/** Removes the sound. */
export interface MuteOperation {
  readonly type: 'mute'
}
