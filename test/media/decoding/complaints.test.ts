import { expect, test } from 'vitest'
import { readComplaint } from '../../../src/media/decoding/complaints.js'

test.each([
  [
    '[error] Error while decoding stream #0:1: Invalid data found when processing input',
    { of: 'packet', input: 0, stream: 1 },
  ],
  ['[warning] file:input-2: corrupt decoded frame in stream 0', { of: 'frame', input: 2, stream: 0 }],
  [
    '[vist#1:0/h264 @ 0x55d] [dec:h264 @ 0x55e] [error] Error submitting packet to decoder: Invalid data',
    { of: 'packet', input: 1, stream: 0 },
  ],
  ['[vist#0:0/h264 @ 0x55d] [warning] corrupt decoded frame', { of: 'frame', input: 0, stream: 0 }],
  ['[mpegts @ 0x55d] [warning] Packet corrupt (stream = 0, dts = 214490).', { of: 'file', by: 'mpegts' }],
  [
    '[matroska,webm @ 0x55d] [error] 0x00 at pos 4 invalid as first byte of an EBML number',
    { of: 'file', by: 'matroska,webm' },
  ],
  [
    '[mov,mp4,m4a,3gp,3g2,mj2 @ 0x55d] [error] stream 0, offset 0x30: partial file',
    { of: 'file', by: 'mov,mp4,m4a,3gp,3g2,mj2' },
  ],
  ['[ffv1 @ 0x55d] [error] slice CRC mismatch 12345678!', { of: 'file', by: 'ffv1' }],
  ['[libdav1d @ 0x55d] [error] Unknown OBU type 7 of size 3', { of: 'file', by: 'libdav1d' }],
])('%j is a sign of damage', (line, complaint) => {
  expect(readComplaint(line)).toEqual(complaint)
})

test.each([
  '',
  'Last message repeated 1 times',
  '[h264 @ 0x55d] [verbose] Reinit context to 160x96, pix_fmt: yuv420p',
  '[h264 @ 0x55d] [error] mmco: unref short failure',
  '[hevc @ 0x55d] [error] Could not find ref with POC 12',
  '[mp4 @ 0x55d] [warning] Non-monotonous DTS in output stream 0:1; previous: 1, current: 0',
  '[libx264 @ 0x55d] [error] something about the output',
  '[Parsed_ass_3 @ 0x55d] [error] something about a font',
  '[swscaler @ 0x55d] [swscaler @ 0x55e] [warning] deprecated pixel format used',
  '[warning] Guessed Channel Layout for Input Stream #0.1 : mono',
  // Text of a file: the further lines of a tag, and a tag.
  '                    : [error] Error while decoding stream #0:0: Invalid data found',
  '[info]     comment         : [h264 @ 0x55d] [error] Error while decoding stream #0:0',
  '[h264 @ 0x55d] [verbose] Error while decoding stream #0:0',
])('%j is no sign of damage', (line) => {
  expect(readComplaint(line)).toBeNull()
})
