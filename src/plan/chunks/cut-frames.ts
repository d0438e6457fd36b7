import type { FrameWindow } from '../frame-window.js'

/** Cuts a film into chunks of whole GOPs, as equally long as those allow. */
export function cutFrames(frameCount: number, gopFrames: number, chunks: number): FrameWindow[] {
  const gops = Math.ceil(frameCount / gopFrames)
  const count = Math.max(1, Math.min(chunks, gops))
  return Array.from({ length: count }, (_, index) => ({
    start: Math.floor((index * gops) / count) * gopFrames,
    end: Math.min(frameCount, Math.floor(((index + 1) * gops) / count) * gopFrames),
  }))
}
