import { readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { AAC, beeps, ffmpeg, H264, lavfi, numberedVideo } from '../../support/lavfi.js'
import { renderOutput } from '../../support/outputs/derived.js'
import { brokenHlsRules } from '../../support/outputs/hls-rules.js'
import { textTrack, vttCues } from '../../support/outputs/tracks.js'
import { useStudio } from '../../support/render.js'
import { srt } from '../../support/subtitles.js'

const studio = useStudio()

const files = { video: '', assets: {} as Record<string, string> }
beforeAll(async () => {
  const picture = lavfi(numberedVideo({ rate: '25', seconds: 9, width: 128, height: 96 }))
  files.video = await studio.make('film.mp4', ...picture, ...lavfi(beeps(9)), ...H264, ...AAC)
  const texts = {
    'de.srt': srt([1, 2, 'Hallo'], [4, 6, 'Q & A']),
    'en.vtt': 'WEBVTT\n\n00:01.000 --> 00:02.000 line:0 align:left\n<b>Hello</b> & <c.red>you</c>\n',
    'signs.srt': srt([7, 8, 'Ausgang']),
  }
  for (const [name, text] of Object.entries(texts)) {
    files.assets[name] = join(studio.dir(), 'files', name)
    await writeFile(files.assets[name], text)
  }
})

/** `superfast` is the fastest preset whose files are of the usual profile. */
const RENDITIONS = [
  { name: 'large', width: 128, preset: 'superfast' },
  { name: 'small', width: 64, preset: 'superfast' },
] as const

test('HLS and DASH have the subtitles as WebVTT, by language, name and use', async () => {
  const { paths } = await renderOutput(
    studio,
    {
      renditions: RENDITIONS,
      packaging: 'hls+dash',
      hls: { audio_only: true, i_frames: true },
      subtitles: [
        textTrack('de.srt', 'de', { default: true }),
        textTrack('en.vtt', 'en-GB', { name: 'English <SDH> & more' }),
        textTrack('en.vtt', 'en-US'),
        textTrack('signs.srt', 'de', { forced: true }),
      ],
    },
    files,
  )
  const [hls = '', dash = ''] = [paths.get('hls'), paths.get('dash')]
  expect(await brokenHlsRules(hls)).toEqual([])
  const master = await readFile(hls, 'utf8')
  expect(master.split('\n').filter((line) => line.includes('TYPE=SUBTITLES'))).toEqual(
    [
      'NAME="Deutsch",LANGUAGE="de",DEFAULT=YES,AUTOSELECT=YES,FORCED=NO,URI="subtitles_0.m3u8"',
      'NAME="English <SDH> & more",LANGUAGE="en-GB",DEFAULT=NO,AUTOSELECT=YES,FORCED=NO,URI="subtitles_1.m3u8"',
      // Players choose by language: one of the two Englishes is enough.
      'NAME="English (United States)",LANGUAGE="en-US",DEFAULT=NO,AUTOSELECT=NO,FORCED=NO,URI="subtitles_2.m3u8"',
      'NAME="Deutsch (forced)",LANGUAGE="de",DEFAULT=NO,AUTOSELECT=YES,FORCED=YES,URI="subtitles_3.m3u8"',
    ].map((line) => `#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="subtitles",${line}`),
  )
  const variants = master.split('\n').filter((line) => line.startsWith('#EXT-X-STREAM-INF'))
  expect(variants).toHaveLength(3)
  for (const variant of variants) expect(variant).toContain('SUBTITLES="subtitles"')
  const folder = dirname(hls)
  expect(await vttCues(join(folder, 'subtitles_0.vtt'))).toEqual([
    [1, 2, 'Hallo'],
    [4, 6, 'Q & A'],
  ])
  const english = await readFile(join(folder, 'subtitles_1.vtt'), 'utf8')
  expect(english).toContain('00:00:01.000 --> 00:00:02.000 line:0')
  expect(english).toContain('<b>Hello</b> &amp; you')
  const manifest = await readFile(dash, 'utf8')
  const sets = manifest.split('<AdaptationSet').filter((set) => set.includes('text/vtt'))
  expect(sets.map((set) => /lang="([^"]*)"/.exec(set)?.[1])).toEqual(['de', 'en-GB', 'en-US', 'de'])
  expect(sets.map((set) => [...set.matchAll(/role:2011" value="([^"]*)"/g)].map(([, role]) => role))).toEqual(
    [['main', 'subtitle'], ['subtitle'], ['subtitle'], ['forced-subtitle']],
  )
  expect(sets[1]).toContain('<Label>English &lt;SDH&gt; &amp; more</Label>')
  expect(sets[3]).toContain('<BaseURL>subtitles_3.vtt</BaseURL>')
  const ids = [...manifest.matchAll(/<AdaptationSet[^>]*\bid="([^"]*)"/g)].map(([, id]) => id)
  expect(new Set(ids).size).toBe(ids.length)
  // Both are decoded to their ends.
  // ffmpeg's demuxer of DASH takes no text unless told to; dash.js, Shaka Player and ExoPlayer do.
  const openers = [
    ['-i', hls],
    ['-allowed_extensions', 'ALL', '-i', dash],
  ]
  for (const opener of openers) {
    const hashes = ['-map', '0:v:0', '-map', '0:a:0', '-f', 'framemd5', '-']
    const frames = (await ffmpeg(...opener, ...hashes)).toString('utf8')
    expect(frames.split('\n').filter((line) => line.startsWith('0,'))).toHaveLength(225)
  }
})

test('the times of cues and of segments have the same zero', async () => {
  const { paths } = await renderOutput(
    studio,
    { renditions: RENDITIONS, packaging: 'hls', subtitles: [textTrack('de.srt', 'de')] },
    files,
  )
  const folder = dirname(paths.get('hls') ?? '')
  expect(await readFile(join(folder, 'subtitles_0.vtt'), 'utf8')).toContain(
    'WEBVTT\nX-TIMESTAMP-MAP=MPEGTS:0,LOCAL:00:00:00.000\n\n',
  )
  const packets = await ffmpeg(
    ...['-copyts', '-i', paths.get('hls') ?? '', '-map', '0:v:0', '-c', 'copy', '-frames:v', '1'],
    ...['-f', 'framecrc', '-'],
  )
  const [, , pts] = /^0,\s*(-?\d+),\s*(-?\d+),/m.exec(packets.toString('utf8')) ?? []
  expect(Number(pts)).toBe(0)
})
