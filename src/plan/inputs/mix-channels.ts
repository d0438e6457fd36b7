import type { AudioChoice } from '../../edit/fields/audio-choice.js'
import type { FilterCall } from '../graph/graph-builder.js'
import type { AudioCoding, SoundLayout } from '../model/encode.js'
import type { AudioFacts } from '../model/facts.js'

type Downmix = NonNullable<AudioChoice['downmix']>
type Channels = Pick<AudioFacts, 'channels' | 'channelLayout'>

/** Channels of a layout. */
export const CHANNELS: Readonly<Record<SoundLayout, AudioCoding['channels']>> = { stereo: 2, '5.1': 6 }

/** −3 dB: ITU-R BS.775. */
const HALF_POWER = 0.7071

/**
 * Which channels are heard on a side of stereo, by their places: with their own level, and 3 dB lower (ITU-R BS.775).
 * Scaled, the gains of those that there are have the sum 1, so that nothing can clip. The LFE is left out.
 */
const SIDES = [
  [
    'FL',
    ['FL', 'FLC', 'WL', 'DL'],
    ['FC', 'BL', 'SL', 'TFL', 'TFC', 'TBL', 'TSL', 'SDL', 'TC', 'BFL', 'BFC'],
  ],
  [
    'FR',
    ['FR', 'FRC', 'WR', 'DR'],
    ['FC', 'BR', 'SR', 'TFR', 'TFC', 'TBR', 'TSR', 'SDR', 'TC', 'BFR', 'BFC'],
  ],
] as const

/** Behind the listener, in the middle: half of the power of half. */
const BACK_CENTRE = '0.5*BC+0.5*TBC'

/** The filters that bring sound of any channels to a layout. */
export function mixChannels(audio: Channels, layout: SoundLayout, downmix: Downmix): FilterCall[] {
  if (layout === 'stereo') return toStereo(audio, downmix)
  if (arePlacesKnown(audio)) return [pan('5.1', SURROUND)]
  return [...toStereo(audio, downmix), pan('5.1', ['FL=FL', 'FR=FR'])]
}

function toStereo(audio: Channels, downmix: Downmix): FilterCall[] {
  const { channels, channelLayout } = audio
  if (channels === 1) return [pan('stereo', ['c0=c0', 'c1=c0'])]
  if (channels === 2) return []
  if (channelLayout?.startsWith('ambisonic')) return [pan('stereo', ['c0=0.5*c0+0.5*c1', 'c1=0.5*c0-0.5*c1'])]
  if (arePlacesKnown(audio)) return [pan('stereo', SIDES_BY[downmix])]
  return [pan('stereo', PLACES_OF_OLD[channels] ?? inPairs(channels))]
}

/** The arguments of `pan` that bring all forms of a sound to a layout, which share their places. */
export function mixForms(layout: SoundLayout, downmix: Downmix): string {
  return panArgs(layout, layout === 'stereo' ? SIDES_BY[downmix] : SURROUND)
}

/** Whether each channel has a place around the listener. */
export function arePlacesKnown({ channelLayout }: Pick<AudioFacts, 'channelLayout'>): boolean {
  return channelLayout !== null && !/^(\d+ channels$|unknown|ambisonic)/.test(channelLayout)
}

function pan(layout: SoundLayout, outputs: readonly string[]): FilterCall {
  return ['pan', { args: panArgs(layout, outputs) }]
}

function panArgs(layout: SoundLayout, outputs: readonly string[]): string {
  return [layout, ...outputs].join('|')
}

function sides(sign: '<' | '='): string[] {
  return SIDES.map(([side, full, half]) => {
    const gains = [...full, ...half.map((name) => `${HALF_POWER}*${name}`), BACK_CENTRE]
    return `${side}${sign}${gains.join('+')}`
  })
}

/** `pan` scales what follows a `<`. */
const SIDES_BY: Readonly<Record<Downmix, readonly string[]>> = { scaled: sides('<'), dialogue: sides('=') }

/** Channels of other layouts go to the nearest places of 5.1. */
const SURROUND = [
  'FL<FL+FLC+WL+DL+0.7071*TFL',
  'FR<FR+FRC+WR+DR+0.7071*TFR',
  'FC<FC+0.7071*TFC',
  'LFE=LFE',
  'BL<BL+SL+SDL+0.7071*BC+0.7071*TBL+0.7071*TSL',
  'BR<BR+SR+SDR+0.7071*BC+0.7071*TBR+0.7071*TSR',
]

/** Without places, 6 and 8 channels are 5.1 and 7.1 in the order of WAV: that is how such files are written. */
const PLACES_OF_OLD: Readonly<Record<number, readonly string[]>> = {
  6: ['c0<c0+0.7071*c2+0.7071*c4', 'c1<c1+0.7071*c2+0.7071*c5'],
  8: ['c0<c0+0.7071*c2+0.7071*c4+0.7071*c6', 'c1<c1+0.7071*c2+0.7071*c5+0.7071*c7'],
}

/** For people: how channels without places are mixed. */
export function describeMix(channels: number): string {
  const order = { 6: 'as 5.1', 8: 'as 7.1' }[channels]
  return order ?? 'in pairs, the odd ones on the left and the even ones on the right'
}

/** Any others are pairs, as recorders write them: odd ones left, even ones right, and one that is left over on both. */
function inPairs(channels: number): string[] {
  const side = (isOfSide: (index: number) => boolean) =>
    Array.from({ length: channels }, (_, index) => index)
      .filter((index) => isOfSide(index) || (channels % 2 === 1 && index === channels - 1))
      .map((index) => `c${index}`)
      .join('+')
  return [`c0<${side((index) => index % 2 === 0)}`, `c1<${side((index) => index % 2 === 1)}`]
}
