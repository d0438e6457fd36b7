import { AAC, beeps, H264, lavfi, numberedVideo } from '../support/lavfi.js'
import type { CorpusFile, ExpectedFile } from './corpus.js'

const SOURCE = [
  ...lavfi(numberedVideo({ rate: '25', seconds: 2, width: 96, height: 64 })),
  ...lavfi(beeps(2)),
]

const WHOLE: ExpectedFile = {
  ...{ width: 96, height: 64, frames: 50, hasAudio: true, warnings: [], numbers: [0, 49], beepSec: 1 },
}

const MPEG2 = ['-c:v', 'mpeg2video', '-q:v', '2', '-c:a', 'mp2']
const MP3 = ['-c:a', 'libmp3lame']

const coded: readonly (readonly [name: string, codec: readonly string[]])[] = [
  ['h264-aac.mp4', [...H264, ...AAC]],
  ['h264-aac.mov', [...H264, ...AAC]],
  ['h264-pcm.mov', [...H264, '-c:a', 'pcm_s16le']],
  ['h265.mp4', ['-c:v', 'libx265', '-preset', 'ultrafast', '-x265-params', 'log-level=error', ...AAC]],
  ['mpeg4.mp4', ['-c:v', 'mpeg4', '-q:v', '2', ...AAC]],
  ['h264-aac.mkv', [...H264, ...AAC]],
  ['h264-flac.mkv', [...H264, '-c:a', 'flac']],
  ['h264-opus.mkv', [...H264, '-c:a', 'libopus']],
  ['mjpeg.mkv', ['-c:v', 'mjpeg', '-q:v', '2', '-pix_fmt', 'yuvj420p', '-c:a', 'pcm_s16le']],
  ['ffv1.mkv', ['-c:v', 'ffv1', '-c:a', 'flac']],
  [
    'vp8-vorbis.webm',
    ['-c:v', 'libvpx', '-b:v', '2M', '-deadline', 'realtime', '-cpu-used', '8', '-c:a', 'libvorbis'],
  ],
  [
    'vp9-opus.webm',
    ['-c:v', 'libvpx-vp9', '-b:v', '2M', '-deadline', 'realtime', '-cpu-used', '8', '-c:a', 'libopus'],
  ],
  ['mjpeg-pcm.avi', ['-c:v', 'mjpeg', '-q:v', '2', '-pix_fmt', 'yuvj420p', '-c:a', 'pcm_s16le']],
  ['wmv2.wmv', ['-c:v', 'wmv2', '-q:v', '2', '-c:a', 'wmav2']],
  ['msmpeg4.asf', ['-c:v', 'msmpeg4', '-q:v', '2', '-c:a', 'wmav2']],
  ['flv1.flv', ['-c:v', 'flv1', '-q:v', '2', ...MP3, '-ar', '44100']],
  ['h264.flv', [...H264, ...AAC]],
  ['mpeg2.ts', MPEG2],
  ['h264.ts', [...H264, ...AAC]],
  ['mpeg4.3gp', ['-c:v', 'mpeg4', '-q:v', '2', ...AAC]],
  ['mpeg2.mpg', MPEG2],
  ['mpeg1.mpg', ['-c:v', 'mpeg1video', '-q:v', '2', '-c:a', 'mp2']],
  ['h264.m2ts', [...H264, ...AAC, '-mpegts_m2ts_mode', '1']],
  ['faststart.mp4', [...H264, ...AAC, '-movflags', '+faststart']],
  ['fragments.mp4', [...H264, ...AAC, '-movflags', 'empty_moov+frag_keyframe+default_base_moof']],
  ['b-frames.avi', ['-c:v', 'mpeg4', '-q:v', '2', '-bf', '2', ...MP3]],
  ['hevc.mkv', ['-c:v', 'libx265', '-preset', 'ultrafast', '-x265-params', 'log-level=error', '-c:a', 'ac3']],
  ['prores.mov', ['-c:v', 'prores_ks', '-profile:v', '0', '-c:a', 'pcm_s24le']],
  ['theora.ogv', ['-c:v', 'libtheora', '-q:v', '10', '-c:a', 'libvorbis']],
]

/** Some containers do not state when the last shown frame ends. */
const LAST_HELD: Partial<ExpectedFile> = { frames: [50, 51] }

const OTHERWISE: Readonly<Record<string, Partial<ExpectedFile>>> = {
  'prores.mov': { warnings: ['chroma-subsampled', 'high-bit-depth'] },
  'fragments.mp4': { frames: 52, beepSec: 1.08, warnings: ['late-video'] },
  'b-frames.avi': LAST_HELD,
  'mpeg2.mpg': LAST_HELD,
  'mpeg1.mpg': LAST_HELD,
}

const COVER = [...lavfi('color=blue:s=32x32:r=1:d=1'), '-map', '0', '-map', '1', '-map', '2']
const ATTACHED = ['-c:v:0', 'libx264', '-c:v:1', 'mjpeg', '-disposition:v:1', 'attached_pic', ...AAC]
const SUBTITLES = `data:text/plain;base64,${Buffer.from('1\n00:00:00,000 --> 00:00:01,000\nHello\n').toString('base64')}`

/** Streams other than the picture and the sound are left out. */
const SIDE_STREAMS: CorpusFile[] = [
  { name: 'cover.mp4', make: [...SOURCE, ...COVER, ...ATTACHED], expected: WHOLE },
  { name: 'cover.mkv', make: [...SOURCE, ...COVER, ...ATTACHED], expected: WHOLE },
  { name: 'timecode.mov', make: [...SOURCE, ...H264, ...AAC, '-timecode', '01:00:00:00'], expected: WHOLE },
  {
    name: 'subtitles.mkv',
    make: [
      ...SOURCE,
      '-f',
      'srt',
      '-i',
      SUBTITLES,
      ...['-map', '0', '-map', '1', '-map', '2'],
      ...H264,
      ...AAC,
    ],
    expected: WHOLE,
  },
]

export const CONTAINERS: readonly CorpusFile[] = [
  ...coded.map(([name, codec]) => ({
    name,
    make: [...SOURCE, ...codec],
    expected: { ...WHOLE, ...OTHERWISE[name] },
  })),
  ...SIDE_STREAMS,
  { name: 'sound.m4a', make: [...lavfi(beeps(1)), ...AAC], expected: { error: 'edit-unrenderable' } },
]
