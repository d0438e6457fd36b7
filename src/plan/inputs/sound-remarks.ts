import type { SoundLayout } from '../model/encode.js'
import type { AudioFacts } from '../model/facts.js'
import type { Warning } from '../model/plan.js'
import { arePlacesKnown, CHANNELS, describeMix } from './mix-channels.js'

/** What mixing a track down changes; null: all of its channels stay. */
export function describeDownmix(track: AudioFacts, layout: SoundLayout): string | null {
  const { channels, channelLayout, forms } = track
  if ((forms && forms.length > 1) || channels <= 2) return null
  if (!arePlacesKnown(track)) {
    const how = describeMix(channels)
    return `The file does not say where its ${channels} channels are heard: they are mixed down to stereo ${how}.`
  }
  if (channels <= CHANNELS[layout]) return null
  return `${channels} channels (${channelLayout}) are mixed down to ${layout}.`
}

/** How a track changes on the way; null: it does not. */
export function describeForms({ forms }: AudioFacts): string | null {
  if (!forms || forms.length < 2) return null
  const which = forms.map(({ layout, sampleRate }) => `${layout} at ${sampleRate} Hz`).join(', then ')
  return `The sound changes on the way (${which}): all of it is brought to one form.`
}

/** Warnings of an asset whose sound is used. */
export function assetWarnings(name: string, track: AudioFacts, layout: SoundLayout): Warning[] {
  const remarks = [
    ['channels-downmixed', describeDownmix(track, layout)],
    ['sound-changes', describeForms(track)],
  ] as const
  return remarks.flatMap(([code, text]) =>
    text === null ? [] : [{ code, message: `Asset "${name}": ${text}` }],
  )
}
