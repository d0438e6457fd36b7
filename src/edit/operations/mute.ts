/** Takes the sound away. */
export interface MuteOperation {
  readonly type: 'mute'
}
