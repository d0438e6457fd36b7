import type { AudioFacts, MediaFacts, VideoFacts } from '../plan/model/facts.js'

type Later<Facts, Key extends keyof Facts> = Pick<Facts, Key>

const VIDEO: Later<VideoFacts, 'colorTransfer' | 'colorPrimaries' | 'fieldOrder' | 'isVariableRate'> = {
  colorTransfer: null,
  colorPrimaries: null,
  fieldOrder: null,
  isVariableRate: false,
}

const AUDIO: Later<AudioFacts, 'channelLayout' | 'isDefault'> = { channelLayout: null, isDefault: false }

/** Adds the fields that an older version did not measure, as unknown. */
export function currentFacts(saved: MediaFacts): MediaFacts {
  return {
    ...saved,
    video: saved.video && { ...VIDEO, ...saved.video },
    audio: saved.audio.map((track) => ({ ...AUDIO, ...track })),
  }
}
