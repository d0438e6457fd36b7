import type { MediaFacts } from './facts.js'

/** Whether the format is one of single pictures: ffmpeg's demuxers for them read one after another, as from a pipe. */
export function isStillImage({ format }: Pick<MediaFacts, 'format'>): boolean {
  return format.endsWith('_pipe')
}

/** Formats of animated pictures. Such a file serves as an image, too, and may have a single picture. */
const ANIMATIONS: readonly string[] = ['gif', 'apng']

export function isAnimation({ format }: Pick<MediaFacts, 'format'>): boolean {
  return ANIMATIONS.includes(format)
}

/** Whether a file is an image that can be shown for any time: a single picture, or an animation. */
export function isImage(facts: Pick<MediaFacts, 'format'>): boolean {
  return isStillImage(facts) || isAnimation(facts)
}
