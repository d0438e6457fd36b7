/**
 * Decoders that files of users may reach, by ffmpeg's names: what cameras, phones, editors, browsers and discs write.
 * ffmpeg has some 500. Most are of games and of programs that are gone, few look at them, and that is where its
 * vulnerabilities are found. A name that a build does not know does no harm.
 */
const PICTURES = [
  ...['h264', 'hevc', 'vvc', 'libdav1d', 'libaom-av1', 'av1', 'vp8', 'vp9', 'libvpx', 'libvpx-vp9'],
  ...['mpeg1video', 'mpeg2video', 'mpegvideo', 'mpeg4', 'h261', 'h263', 'h263i', 'h263p', 'theora', 'vp3'],
  ...[
    'msmpeg4v1',
    'msmpeg4v2',
    'msmpeg4',
    'wmv1',
    'wmv2',
    'wmv3',
    'vc1',
    'wmv3image',
    'vc1image',
    'mss1',
    'mss2',
  ],
  ...['flv', 'flashsv', 'flashsv2', 'vp6', 'vp6a', 'vp6f'],
  ...[
    'prores',
    'dnxhd',
    'cfhd',
    'hap',
    'aic',
    'dvvideo',
    'dirac',
    'mjpeg',
    'mjpegb',
    'jpeg2000',
    'libopenjpeg',
  ],
  ...['rawvideo', 'v210', 'v308', 'v408', 'v410', 'r210', 'r10k', 'ayuv', 'yuv4', 'y41p'],
  ...['ffv1', 'huffyuv', 'ffvhuff', 'utvideo', 'lagarith', 'qtrle', 'camtasia', 'tscc2', 'zmbv', 'fraps'],
  ...['svq1', 'svq3', 'cinepak', 'rpza', 'smc', 'msvideo1', 'msrle', 'indeo3', 'indeo4', 'indeo5'],
  ...['png', 'apng', 'gif', 'bmp', 'tiff', 'webp', 'libjxl', 'libjxl_anim'],
]

/** Linear samples of a number of bits, whole or as fractions, in either order of bytes. */
const PCM = [
  ...['s8', 'u8', 's16le', 's16be', 'u16le', 'u16be', 's24le', 's24be', 'u24le', 'u24be', 's32le', 's32be'],
  ...[
    'u32le',
    'u32be',
    's64le',
    's64be',
    'f16le',
    'f24le',
    'f32le',
    'f32be',
    'f64le',
    'f64be',
    'alaw',
    'mulaw',
  ],
  ...['s8_planar', 's16le_planar', 's16be_planar', 's24le_planar', 's32le_planar', 'bluray', 'dvd'],
].map((name) => `pcm_${name}`)

const SOUNDS = [
  ...[
    'aac',
    'aac_fixed',
    'aac_latm',
    'libfdk_aac',
    'ac3',
    'ac3_fixed',
    'eac3',
    'dca',
    'truehd',
    'mlp',
    's302m',
  ],
  ...['mp1', 'mp1float', 'mp2', 'mp2float', 'mp3', 'mp3float', 'opus', 'libopus', 'vorbis', 'libvorbis'],
  ...['flac', 'alac', 'wavpack', 'tta', 'wmav1', 'wmav2', 'wmapro', 'wmalossless', 'wmavoice', 'dvaudio'],
  ...['amrnb', 'amrwb', 'libopencore_amrnb', 'libopencore_amrwb', 'qcelp', 'evrc', 'gsm', 'gsm_ms'],
  ...['libgsm', 'libgsm_ms', 'speex', 'libspeex', 'nellymoser', 'qdm2', 'qdmc', 'mace3', 'mace6'],
  ...['g722', 'g726', 'g726le', 'adpcm_ima_qt', 'adpcm_ima_wav', 'adpcm_ms', 'adpcm_swf', 'adpcm_yamaha'],
  ...PCM,
]

/** Those that are pictures are never decoded, but ffprobe opens a decoder for each track. */
const TEXTS = [
  ...[
    'ass',
    'ssa',
    'srt',
    'subrip',
    'mov_text',
    'webvtt',
    'text',
    'cc_dec',
    'dvdsub',
    'dvbsub',
    'pgssub',
    'xsub',
  ],
  ...['libzvbi_teletextdec', 'libaribb24', 'libaribcaption'],
]

/** ffmpeg's `-codec_whitelist`. */
export const DECODERS: readonly string[] = [...PICTURES, ...SOUNDS, ...TEXTS]
