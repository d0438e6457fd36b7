import type { Timeline } from '../frames/timeline.js'

export function applyMute(timeline: Timeline): Timeline {
  return { ...timeline, audioPad: null }
}
