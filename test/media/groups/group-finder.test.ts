import { beforeAll, describe, expect, test } from 'vitest'
import { measureSource } from '../../../src/media/packets/measure-source.js'
import type { CodedGroups, MediaFacts } from '../../../src/plan/model/facts.js'
import { AAC, beeps, FFMPEG, FFPROBE, lavfi, numberedVideo } from '../../support/lavfi.js'
import { useStudio } from '../../support/render.js'

const studio = useStudio()
const TOOLS = { ffmpegPath: FFMPEG, ffprobePath: FFPROBE }
const VIDEO = lavfi(numberedVideo({ rate: '25', seconds: 3, width: 64, height: 64 }))
const X264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-bf', '2', '-b_strategy', '0', '-g', '20'] as const

let mp4 = ''

beforeAll(async () => {
  mp4 = await studio.make('plain.mp4', ...VIDEO, ...lavfi(beeps(3)), ...X264, '-sc_threshold', '0', ...AAC)
})

async function measure(path: string): Promise<MediaFacts> {
  return measureSource(TOOLS, path, await studio.probe(path), AbortSignal.timeout(20_000))
}

async function groupsOf(path: string): Promise<CodedGroups | null | undefined> {
  return (await measure(path)).video?.groups
}

describe('the groups of frames that can be copied', () => {
  test.each(['mp4', 'mkv', 'mov'])('are found in %s, with B-frames', async (container) => {
    const path = container === 'mp4' ? mp4 : await studio.make(`copy.${container}`, '-i', mp4, '-c', 'copy')
    expect(await groupsOf(path)).toEqual({
      starts: [0, 20, 40, 60],
      reorderFrames: 1,
      longestFrames: 20,
      parameters: { level: 10, takenIds: [0] },
    })
  })

  test('are counted from the first frame that an edit list shows', async () => {
    const path = await studio.make('edit-list.mp4', '-ss', '1.2', '-i', mp4, '-c', 'copy')
    expect((await groupsOf(path))?.starts).toEqual([10, 30])
  })

  test('are found in H.265, whose parameter sets all have the same ids', async () => {
    const params = 'keyint=20:min-keyint=20:scenecut=0:open-gop=0:bframes=2:log-level=error'
    const x265 = ['-c:v', 'libx265', '-preset', 'ultrafast', '-x265-params', params, '-tag:v', 'hvc1']
    const groups = await groupsOf(await studio.make('hevc.mp4', ...VIDEO, ...x265))
    expect([groups?.starts, groups?.parameters]).toEqual([[0, 20, 40, 60], null])
  })

  test('do not begin at a key frame that is shown after frames that follow it', async () => {
    const params = 'open-gop=1:keyint=20:min-keyint=20:scenecut=0'
    const open = await studio.make('open.mp4', ...VIDEO, ...X264, '-x264-params', params)
    expect((await groupsOf(open))?.starts).toEqual([0])
  })

  test('do not begin at a key frame from which the picture recovers gradually', async () => {
    const params = 'intra-refresh=1:keyint=20:bframes=0'
    const path = await studio.make('refresh.mp4', ...VIDEO, ...X264, '-x264-params', params)
    expect((await groupsOf(path))?.starts).toEqual([0])
  })

  test.each([
    [
      'whose frames are not equally long',
      'uneven.mkv',
      ['-vf', "select='not(eq(n,31))'", '-fps_mode', 'vfr', ...X264],
    ],
    ['of a container without an index', 'copy.ts', X264],
    ['of another codec', 'mpeg4.mp4', ['-c:v', 'mpeg4']],
  ] as const)('are missing in a video %s', async (_, name, args) => {
    expect(await groupsOf(await studio.make(name, ...VIDEO, ...args))).toBeNull()
  })
})
