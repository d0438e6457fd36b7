import type { OutputRequest, PresetName } from './output.js'

interface Preset {
  readonly description: string
  readonly output: OutputRequest
}

/** What social networks recommend: 1080 pixels on the shorter side, 30 frames per second, High profile. */
const SOCIAL = { fit: 'blur', frame_rate: 30, max_bit_rate: 8_000_000 } as const
const VERTICAL = { name: '9x16', width: 1080, height: 1920, ...SOCIAL } as const
const SQUARE = { name: '1x1', width: 1080, height: 1080, ...SOCIAL } as const
const LANDSCAPE = { name: '16x9', width: 1920, height: 1080, ...SOCIAL } as const

/** Outputs that have a name. Other fields of the request replace those of the preset. */
export const PRESETS: Readonly<Record<PresetName, Preset>> = {
  web: {
    description: 'An adaptive ladder as HLS and DASH, with a poster and a sprite',
    output: {
      qualities: ['1080p', '720p', '480p', '360p'],
      upscale: false,
      packaging: 'hls+dash',
      poster: true,
      sprite: { interval: null, width: 160 },
    },
  },
  mobile: {
    description: 'Two small H.264 files for slow networks',
    output: {
      renditions: [
        { name: '480p', quality: '480p', max_bit_rate: 800_000, audio_bit_rate: 96_000 },
        { name: '240p', quality: '240p', max_bit_rate: 250_000, audio_bit_rate: 64_000 },
      ],
      upscale: false,
      poster: true,
    },
  },
  social: {
    description: 'The picture upright, square and wide, on a blurred background',
    output: { renditions: [VERTICAL, SQUARE, LANDSCAPE] },
  },
  'social-vertical': {
    description: '1080×1920 on a blurred background',
    output: { renditions: [VERTICAL] },
  },
  'social-square': { description: '1080×1080 on a blurred background', output: { renditions: [SQUARE] } },
  'social-landscape': {
    description: '1920×1080 on a blurred background',
    output: { renditions: [LANDSCAPE] },
  },
  archive: {
    description: 'H.265 with 10 bits, nearly lossless, and FLAC, in Matroska; HDR is kept',
    output: {
      container: 'mkv',
      renditions: [
        { name: 'archive', video_codec: 'h265', crf: 16, preset: 'slow', bit_depth: 10, audio_codec: 'flac' },
      ],
    },
  },
  podcast: {
    description: 'Only the sound, as MP3, with a waveform',
    output: {
      container: 'mp3',
      renditions: [{ name: 'podcast', audio_bit_rate: 128_000 }],
      waveform: { width: 1800, height: 280, color: '#2f6feb' },
    },
  },
}
