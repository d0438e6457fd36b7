import type { AudioCodec } from '../../edit/output/renditions.js'
import type { AudioCoding } from '../model/plan.js'

const ENCODERS: Readonly<Record<AudioCodec, string>> = {
  aac: 'aac',
  opus: 'libopus',
  mp3: 'libmp3lame',
  flac: 'flac',
  pcm: 'pcm_s16le',
}

export function audioArgs({ codec, bitRate, channels }: AudioCoding): string[] {
  return [
    ...['-c:a', ENCODERS[codec]],
    ...(bitRate === null ? [] : ['-b:a', String(bitRate)]),
    ...['-ac', String(channels)],
  ]
}
