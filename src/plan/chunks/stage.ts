import type { Timeline } from '../timeline.js'

/** A timeline's extent at one point of the edit. */
export type Stage = Pick<Timeline, 'frameRate' | 'frameCount'>
