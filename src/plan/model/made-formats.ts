import type { Encode } from './plan.js'

const ISO_BASE_MEDIA = 'mov,mp4,m4a,3gp,3g2,mj2'
const MATROSKA = 'matroska,webm'

/** By which demuxer ffmpeg opens a file that we have made. */
export const MADE_FORMATS: Readonly<Record<Encode['container'], string>> = {
  ...{ mp4: ISO_BASE_MEDIA, mov: ISO_BASE_MEDIA, m4a: ISO_BASE_MEDIA },
  ...{ mkv: MATROSKA, webm: MATROSKA },
  ...{ gif: 'gif', webp: 'webp_pipe', jpg: 'jpeg_pipe' },
  ...{ mp3: 'mp3', wav: 'wav', flac: 'flac', ogg: 'ogg' },
}

export const PART_FORMAT = MADE_FORMATS.mp4
