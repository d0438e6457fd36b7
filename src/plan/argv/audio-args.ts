import { AUDIO_CODEC_TRAITS } from '../../edit/output/audio-codecs.js'
import type { AudioCoding } from '../model/plan.js'

export function audioArgs({ codec, bitRate, channels }: AudioCoding): string[] {
  return [
    ...['-c:a', AUDIO_CODEC_TRAITS[codec].encoder],
    ...(bitRate === null ? [] : ['-b:a', String(bitRate)]),
    ...['-ac', String(channels)],
  ]
}
