import { describe, expect, test } from 'vitest'
import { parseProbe, type ProbedFile, type ProbedStream } from '../../../src/media/probe/ffprobe-output.js'
import { mediaFacts } from '../../../src/media/probe/media-facts.js'

const VIDEO: ProbedStream = {
  index: 0,
  codec_type: 'video',
  codec_name: 'h264',
  width: 1920,
  height: 1080,
  r_frame_rate: '25/1',
  avg_frame_rate: '25/1',
}
const AUDIO: ProbedStream = {
  index: 1,
  codec_type: 'audio',
  sample_fmt: 'fltp',
  codec_name: 'aac',
  channels: 6,
  sample_rate: '44100',
}

function probed(streams: readonly ProbedStream[], format: Partial<ProbedFile['format']> = {}): ProbedFile {
  return { format: { format_name: 'mov,mp4,m4a,3gp,3g2,mj2', duration: '10.5', ...format }, streams }
}

const videoOf = (fields: Partial<ProbedStream>) => mediaFacts(probed([{ ...VIDEO, ...fields }])).video

describe('facts of a video', () => {
  test('are those of its stream, or those of the file where the stream has none', () => {
    const facts = mediaFacts(probed([VIDEO, AUDIO], { start_time: '1.4', size: '1000', bit_rate: '800' }))
    expect(facts).toMatchObject({
      mimeType: 'video/mp4',
      durationSec: 10.5,
      startSec: 1.4,
      sizeBytes: 1000,
      bitRate: 800,
    })
    expect(facts.video).toMatchObject({ width: 1920, height: 1080, durationSec: 10.5, frameCount: null })
    expect(facts.audio).toMatchObject([{ index: 1, channels: 6, sampleRate: 44_100, durationSec: 10.5 }])
  })

  test('have the end of a Matroska track from its tag', () => {
    const tags = { DURATION: '00:01:02.500000000' }
    expect(videoOf({ start_time: '0.5', tags })?.durationSec).toBe(62)
    // ffprobe gives the length of the file for one of its own.
    expect(videoOf({ duration: '7', tags })?.durationSec).toBe(62.5)
    expect(videoOf({ duration: '7' })?.durationSec).toBe(7)
    expect(videoOf({ tags: { DURATION: 'soon' } })?.durationSec).toBe(10.5)
  })

  test('say that VP8 or VP9 has a layer of transparency', () => {
    expect(videoOf({ codec_name: 'vp9', tags: { alpha_mode: '1' } })?.hasAlphaLayer).toBe(true)
    expect(videoOf({ codec_name: 'vp9', tags: { alpha_mode: '0' } })).not.toHaveProperty('hasAlphaLayer')
    expect(videoOf({ codec_name: 'ffv1', tags: { alpha_mode: '1' } })).not.toHaveProperty('hasAlphaLayer')
  })

  test.each<[string, Partial<ProbedStream>, number, number]>([
    ['nominal', { r_frame_rate: '30000/1001', avg_frame_rate: '30000/1001' }, 30_000, 1001],
    [
      'nominal, when the average differs only slightly',
      { r_frame_rate: '25/1', avg_frame_rate: '2480/100' },
      25,
      1,
    ],
    ['average, when the rate varies', { r_frame_rate: '90000/1', avg_frame_rate: '29/1' }, 29, 1],
    [
      'average, when the nominal one is the field rate',
      { r_frame_rate: '50/1', avg_frame_rate: '25/1' },
      25,
      1,
    ],
    ['nominal, when there is no average', { r_frame_rate: '24/1', avg_frame_rate: '0/0' }, 24, 1],
    ['25, when neither makes sense', { r_frame_rate: '90000/1', avg_frame_rate: '90000/1' }, 25, 1],
    ['25, when neither is known', { r_frame_rate: '0/0', avg_frame_rate: '0/0' }, 25, 1],
    ['reduced', { r_frame_rate: '50/2', avg_frame_rate: '50/2' }, 25, 1],
  ])('the frame rate is %s', (_, fields, num, den) => {
    expect(videoOf(fields)?.frameRate).toEqual({ num, den })
  })

  test.each<[string, Partial<ProbedStream>, number, number, number]>([
    ['by the matrix, anticlockwise', { side_data_list: [{ rotation: -90 }] }, 90, 1080, 1920],
    ['by the matrix, clockwise', { side_data_list: [{ rotation: 90 }] }, 270, 1080, 1920],
    ['half a turn', { side_data_list: [{ rotation: -180 }] }, 180, 1920, 1080],
    ['by the tag', { tags: { rotate: '90' } }, 90, 1080, 1920],
    [
      'by the matrix rather than the tag',
      { side_data_list: [{ rotation: 0 }], tags: { rotate: '90' } },
      0,
      1920,
      1080,
    ],
    ['in other side data', { side_data_list: [{ side_data_type: 'x' }, { rotation: -90 }] }, 90, 1080, 1920],
    ['askew', { side_data_list: [{ rotation: -45 }] }, 0, 1920, 1080],
  ])('the rotation is read: %s', (_, fields, rotation, width, height) => {
    expect(videoOf(fields)).toMatchObject({ rotation, width, height })
  })

  test.each([
    ['1:1', 1920, 1080],
    ['4:3', 2560, 1080],
    ['1:2', 1920, 2160],
    ['64:45', 2731, 1080],
    ['0:1', 1920, 1080],
    ['N/A', 1920, 1080],
  ])('pixels of %s are shown as %i×%i', (sample_aspect_ratio, width, height) => {
    expect(videoOf({ sample_aspect_ratio })).toMatchObject({
      width,
      height,
      codedWidth: 1920,
      codedHeight: 1080,
    })
  })

  test('a cover does not count as a picture', () => {
    const cover = { ...VIDEO, index: 0, codec_name: 'mjpeg', disposition: { attached_pic: 1 } }
    expect(mediaFacts(probed([cover, { ...VIDEO, index: 2 }])).video?.index).toBe(2)
    expect(mediaFacts(probed([cover, AUDIO])).video).toBeNull()
  })
})

describe('a file that is not media', () => {
  test.each<[string, ProbedFile]>([
    ['a file without streams', probed([])],
    ['a file of subtitles', probed([{ index: 0, codec_type: 'subtitle', codec_name: 'srt' }])],
    ['sound without channels', probed([{ ...AUDIO, channels: 0 }])],
    ['a picture without a size', probed([{ ...VIDEO, width: 0 }])],
    [
      'a picture in an unknown coding',
      probed([{ index: 0, codec_type: 'video', width: 5, height: 5 }, AUDIO]),
    ],
    ['a playlist', probed([VIDEO], { format_name: 'hls' })],
  ])('%s is refused', (_, file) => {
    expect(() => mediaFacts(file)).toThrow(expect.objectContaining({ code: 'unsupported-media' }))
  })

  test.each([
    '',
    '{}',
    'null',
    '[]',
    '{"format":{},"streams":[]}',
    '{"format":{"format_name":"avi"}',
    '<html>',
  ])('the answer %j is refused', (json) => {
    expect(() => parseProbe(json)).toThrow(expect.objectContaining({ code: 'unsupported-media' }))
  })
})
