import { expect, test } from 'vitest'
import { textTracks } from '../../../src/media/probe/text-tracks.js'

test('tracks of text are found by their codecs, with names that people gave them', () => {
  const streams = [
    { index: 0, codec_type: 'video', codec_name: 'h264' },
    {
      index: 2,
      codec_type: 'subtitle',
      codec_name: 'mov_text',
      tags: { language: 'deu', handler_name: 'SubtitleHandler' },
    },
    { index: 3, codec_type: 'subtitle', codec_name: 'hdmv_pgs_subtitle' },
    {
      index: 4,
      codec_type: 'subtitle',
      codec_name: 'ass',
      tags: { title: 'Signs' },
      disposition: { forced: 1 },
    },
  ]
  expect(textTracks(streams)).toEqual({
    texts: [
      { index: 2, codec: 'mov_text', language: 'deu', name: null, isForced: false },
      { index: 4, codec: 'ass', language: null, name: 'Signs', isForced: true },
    ],
  })
  expect(textTracks(streams.slice(0, 1))).toEqual({})
})
