import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readMovieFacts } from '../../../../src/media/mp4/movie/movie-facts.js'
import { probePackets } from '../../../../src/media/packets/probe-packets.js'
import { AAC, beeps, FFPROBE, H264, lavfi, numberedVideo } from '../../../support/lavfi.js'
import { requireSame } from '../../../support/outputs/measure-rendered.js'
import { useStudio } from '../../../support/render.js'

const studio = useStudio()

const SMALL = { width: 64, height: 64, seconds: 1 } as const
const PICTURE = lavfi(numberedVideo({ ...SMALL, rate: '25' }))
const NTSC = lavfi(numberedVideo({ ...SMALL, rate: '30000/1001' }))
const SOUND = lavfi(beeps(1))
const BOTH = [...PICTURE, ...SOUND]
const FILM = [...BOTH, ...H264, ...AAC]
const TWO_SOUNDS = ['-map', '0:v', '-map', '1:a', '-map', '1:a']

async function both(path: string) {
  return {
    own: await readMovieFacts(path),
    ffprobes: await probePackets(FFPROBE, path, AbortSignal.timeout(20_000)),
  }
}

/** A file of subtitles, and one of chapters. */
async function sideFile(name: string, text: string): Promise<string> {
  const path = join(studio.dir(), name)
  await writeFile(path, text)
  return path
}

describe('what is read of a film by itself is what ffprobe says', () => {
  test.each([
    ['H.264 with B-frames, and AAC', 'bframes.mp4', FILM],
    ['the index in front', 'front.mp4', [...FILM, '-movflags', '+faststart']],
    ['QuickTime', 'film.mov', FILM],
    ['sound alone', 'sound.m4a', [...SOUND, ...AAC]],
    ['a picture alone', 'silent.mp4', [...PICTURE, ...H264]],
    ['a single frame', 'frame.mp4', [...PICTURE, '-frames:v', '1', ...H264]],
    ['30000/1001 frames per second', 'ntsc.mp4', [...NTSC, ...SOUND, ...H264, ...AAC]],
    ['H.265', 'h265.mp4', [...PICTURE, '-c:v', 'libx265', '-preset', 'ultrafast', '-tag:v', 'hvc1']],
    ['H.265 with its sets among the pictures', 'hev1.mp4', [...PICTURE, '-c:v', 'libx265', '-tag:v', 'hev1']],
    ['AV1', 'av1.mp4', [...PICTURE, '-c:v', 'libsvtav1', '-preset', '12']],
    ['VP9', 'vp9.mp4', [...PICTURE, '-c:v', 'libvpx-vp9', '-cpu-used', '8']],
    ['Opus', 'opus.mp4', [...BOTH, ...H264, '-c:a', 'libopus']],
    ['FLAC', 'flac.mp4', [...BOTH, ...H264, '-c:a', 'flac', '-strict', 'experimental']],
    ['two sound tracks', 'two.mp4', [...BOTH, ...TWO_SOUNDS, ...H264, ...AAC]],
    ['sound that is longer', 'longer.mp4', [...PICTURE, ...lavfi(beeps(2)), ...H264, ...AAC]],
    ['titles', 'titles.mp4', [...FILM, '-metadata', 'title=Tschüß', '-metadata:s:a', 'language=deu']],
    ['a finer clock of the film', 'clock.mp4', [...FILM, '-movie_timescale', '48000']],
  ] as const)('%s', async (_, name, args) => {
    const { own, ffprobes } = await both(await studio.make(name, ...args))
    requireSame(own, ffprobes)
  })

  test('subtitles and chapters', async () => {
    const srt = await sideFile('subs.srt', '1\n00:00:00,100 --> 00:00:00,600\nHello\n')
    const labels = await sideFile(
      'labels.txt',
      ';FFMETADATA1\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=500\ntitle=One\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=500\nEND=1000\ntitle=Two\n',
    )
    const inputs = [...BOTH, '-i', srt, '-f', 'ffmetadata', '-i', labels]
    const coding = ['-map', '0:v', '-map', '1:a', '-map', '2:s', ...H264, ...AAC, '-c:s', 'mov_text']
    const { own, ffprobes } = await both(
      await studio.make('texts.mp4', ...inputs, ...coding, '-map_chapters', '3'),
    )
    requireSame(own, ffprobes)
  })

  test('a cover', async () => {
    const cover = await studio.make('cover.png', ...PICTURE, '-frames:v', '1')
    const film = await studio.make('uncovered.mp4', ...FILM)
    const inputs = ['-i', film, '-i', cover, '-map', '0', '-map', '1', '-c', 'copy']
    const { own, ffprobes } = await both(
      await studio.make('covered.mp4', ...inputs, '-disposition:v:1', 'attached_pic'),
    )
    requireSame(own, ffprobes)
  })
})

describe('what is not known is left to ffprobe', () => {
  test.each([
    ['frames of different lengths', 'vfr.mp4', ['-vf', "select='not(eq(n,7))'", '-fps_mode', 'vfr']],
    ['fragments', 'fragments.mp4', ['-movflags', '+frag_keyframe+empty_moov']],
    ['fragments with an index in front', 'dash.mp4', ['-movflags', '+dash+frag_keyframe']],
    ['pixels that are not square', 'anamorphic.mp4', ['-vf', 'setsar=4/3']],
    ['another codec', 'mpeg4.mp4', ['-c:v', 'mpeg4']],
    ['other sound', 'pcm.mov', ['-c:a', 'pcm_s16le']],
    ['a timecode', 'timecode.mov', ['-timecode', '01:00:00:00']],
  ] as const)('%s', async (_, name, args) => {
    expect(await readMovieFacts(await studio.make(name, ...FILM, ...args))).toBeNull()
  })

  test.each([
    ['frames that an edit list leaves out', 'edited.mp4', ['-ss', '0.5'], []],
    ['sound that begins later', 'later.mp4', ['-itsoffset', '0.5'], ['-map', '0:v', '-map', '1:a']],
    ['a picture that is turned', 'turned.mp4', [], ['-metadata:s:v', 'rotate=90']],
    ['two pictures', 'pictures.mp4', [], ['-map', '0:v', '-map', '0:v']],
  ] as const)('%s', async (_, name, before, after) => {
    const film = await studio.make(
      'whole.mp4',
      ...lavfi(numberedVideo({ ...SMALL, rate: '25' })),
      ...SOUND,
      ...H264,
      ...AAC,
    )
    const inputs = name === 'later.mp4' ? ['-i', film, ...before, '-i', film] : [...before, '-i', film]
    expect(await readMovieFacts(await studio.make(name, ...inputs, '-c', 'copy', ...after))).toBeNull()
  })

  test('a file that is not there, is empty, or is no film', async () => {
    expect(await readMovieFacts(join(studio.dir(), 'none.mp4'))).toBeNull()
    expect(await readMovieFacts(await sideFile('empty.mp4', ''))).toBeNull()
    expect(await readMovieFacts(await sideFile('text.mp4', 'this is no film at all'))).toBeNull()
  })
})
