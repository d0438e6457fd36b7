import type { AudioFacts, MediaFacts, VideoFacts } from '../../plan/model/facts.js'

/** What is asked of a file that was rendered: whether it is what was planned, and what its row says. */
export interface OutputFacts extends Pick<MediaFacts, 'durationSec' | 'bitRate'> {
  readonly video: Pick<VideoFacts, 'codec' | 'width' | 'height' | 'frameRate' | 'frameCount'> | null
  readonly audio: readonly Pick<AudioFacts, 'codec'>[]
}
