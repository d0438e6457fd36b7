/** Names of a container outside ffmpeg. */
export interface ContainerKind {
  readonly mimeType: string
  readonly extension: string
}

// The containers that may be opened, by the name of ffmpeg's demuxer. None of them can refer to another file or host.
const VIDEO: Readonly<Record<string, ContainerKind>> = {
  'mov,mp4,m4a,3gp,3g2,mj2': { mimeType: 'video/mp4', extension: 'mp4' },
  'matroska,webm': { mimeType: 'video/x-matroska', extension: 'mkv' },
  avi: { mimeType: 'video/x-msvideo', extension: 'avi' },
  asf: { mimeType: 'video/x-ms-wmv', extension: 'wmv' },
  flv: { mimeType: 'video/x-flv', extension: 'flv' },
  mpeg: { mimeType: 'video/mpeg', extension: 'mpg' },
  mpegts: { mimeType: 'video/mp2t', extension: 'ts' },
  ogg: { mimeType: 'video/ogg', extension: 'ogv' },
  gif: { mimeType: 'image/gif', extension: 'gif' },
  apng: { mimeType: 'image/apng', extension: 'png' },
}

const IMAGE: Readonly<Record<string, ContainerKind>> = {
  png_pipe: { mimeType: 'image/png', extension: 'png' },
  jpeg_pipe: { mimeType: 'image/jpeg', extension: 'jpg' },
  webp_pipe: { mimeType: 'image/webp', extension: 'webp' },
  bmp_pipe: { mimeType: 'image/bmp', extension: 'bmp' },
  tiff_pipe: { mimeType: 'image/tiff', extension: 'tiff' },
}

const AUDIO: Readonly<Record<string, ContainerKind>> = {
  mp3: { mimeType: 'audio/mpeg', extension: 'mp3' },
  wav: { mimeType: 'audio/wav', extension: 'wav' },
  flac: { mimeType: 'audio/flac', extension: 'flac' },
  aac: { mimeType: 'audio/aac', extension: 'aac' },
}

const CONTAINERS = { ...VIDEO, ...IMAGE, ...AUDIO }

/** Names of the demuxers, as they appear on stderr. */
export const DEMUXERS: ReadonlySet<string> = new Set(Object.keys(CONTAINERS))

/** ffmpeg's `-format_whitelist` for a file of unknown origin. */
export const FORMAT_WHITELIST = [...DEMUXERS].join(',')

/**
 * Formats without the length of a frame, in which a long step of all clocks is a jump. What ffprobe takes for their length
 * may be such a step.
 */
export const JUMPING: readonly string[] = ['mpegts', 'mpeg', 'flv']

/** Containers of VIDEO that have other names when they contain sound only. */
const SOUND_ONLY: Readonly<Record<string, ContainerKind>> = {
  'mov,mp4,m4a,3gp,3g2,mj2': { mimeType: 'audio/mp4', extension: 'm4a' },
  'matroska,webm': { mimeType: 'audio/x-matroska', extension: 'mka' },
  asf: { mimeType: 'audio/x-ms-wma', extension: 'wma' },
  ogg: { mimeType: 'audio/ogg', extension: 'ogg' },
}

/**
 * Names the container of a file; null: it may not be opened.
 * @param majorBrand `major_brand` of an ISO base media file
 * @param codecs codecs of all streams
 */
export function containerKind(
  format: string,
  majorBrand: string | undefined,
  codecs: readonly string[],
  hasPicture = true,
): ContainerKind | null {
  if (!Object.hasOwn(CONTAINERS, format)) return null
  const sound = hasPicture ? undefined : SOUND_ONLY[format]
  if (sound) return sound
  if (majorBrand?.startsWith('qt')) return { mimeType: 'video/quicktime', extension: 'mov' }
  if (majorBrand?.startsWith('3g')) return { mimeType: 'video/3gpp', extension: '3gp' }
  if (format === 'matroska,webm' && codecs.every((codec) => WEBM_CODECS.has(codec))) {
    return { mimeType: 'video/webm', extension: 'webm' }
  }
  return CONTAINERS[format] ?? null
}

const WEBM_CODECS: ReadonlySet<string> = new Set(['vp8', 'vp9', 'av1', 'vorbis', 'opus'])
