import { type TimeStretch, timeStretchFields } from '../fields/common.js'

/** Silences a stretch of the sound; all of it is removed. */
export interface MuteOperation extends TimeStretch {
  readonly type: 'mute'
}

/** The fields of `mute` without `type`. */
export const muteFields = timeStretchFields
