import { describe, expect, test } from 'vitest'
import type { Edit } from '../../../src/edit/operation.js'
import type { OutputRequest } from '../../../src/edit/output/output.js'
import { lackingParts } from '../../../src/jobs/edits/lacking-parts.js'
import { FFMPEG_PARTS } from '../../../src/plan/ffmpeg-parts.js'
import { textOverlay } from '../../support/overlays.js'
import {
  compilePlan,
  edited,
  MARK,
  mediaFacts,
  sourcesOf,
  TRIM,
  videoFacts,
  WORLD,
  type World,
} from '../../support/plan-facts.js'

const P3 = mediaFacts({ video: videoFacts({ colorPrimaries: 'smpte432' }) })

function issuesOf(edit: Edit, lacking: readonly string[], world: World = WORLD) {
  const missing = FFMPEG_PARTS.filter(({ name }) => lacking.includes(name))
  return lackingParts({ edit, sources: sourcesOf(world), plan: compilePlan(edit, world) }, missing)
}

const asking = (output: OutputRequest): Edit => ({ operations: [], output })

describe('an encoder that ffmpeg lacks', () => {
  test('is a mistake of each rendition that asks for it, with the codecs that there are', () => {
    const renditions = [{ name: 'plain' }, { name: 'modern', video_codec: 'av1' }] as const
    expect(issuesOf(asking({ renditions }), ['libsvtav1'])).toEqual([
      {
        pointer: '/output/renditions/1/video_codec',
        message: 'the ffmpeg of this server cannot make AV1: choose h264, h265 or vp9',
      },
    ])
  })

  test('leaves out of the choice what is missing as well', () => {
    const renditions = [{ name: 'modern', video_codec: 'av1' }] as const
    const [issue] = issuesOf(asking({ renditions }), ['libsvtav1', 'libx265'])
    expect(issue?.message).toMatch(/: choose h264 or vp9$/)
  })

  test.each<[string, OutputRequest, string, string]>([
    ['libvpx-vp9', { container: 'webm' }, '/output', 'make VP9: choose av1'],
    [
      'libopus',
      { container: 'webm', renditions: [{ name: 'a' }] },
      '/output/renditions/0/audio_codec',
      'make Opus: choose another container',
    ],
    ['libmp3lame', { container: 'mp3' }, '/output/container', 'make MP3: choose another container'],
    ['libwebp_anim', { container: 'webp' }, '/output/container', 'make WebP: choose another container'],
  ])('%s is a mistake of %o at %s', (encoder, output, pointer, end) => {
    expect(issuesOf(asking(output), [encoder])).toEqual([
      { pointer, message: `the ffmpeg of this server cannot ${end}` },
    ])
  })

  test('is no mistake of an edit that does not need it', () => {
    expect(issuesOf(edited(TRIM), ['libsvtav1', 'libx265', 'ass', 'zscale'])).toEqual([])
  })
})

describe('a filter that ffmpeg lacks', () => {
  test('is a mistake of the first operation that needs it', () => {
    const texts = [TRIM, MARK, textOverlay(), textOverlay()]
    expect(issuesOf(edited(...texts), ['ass'])).toEqual([
      { pointer: '/operations/2', message: 'the ffmpeg of this server cannot draw text and subtitles' },
    ])
  })

  test('is a mistake of the video where its own colours need it', () => {
    expect(issuesOf(edited(TRIM), ['zscale'], { facts: P3 })).toEqual([
      {
        pointer: '/video_id',
        message: 'the ffmpeg of this server cannot convert colours, such as those of HDR and Display P3',
      },
    ])
  })
})
