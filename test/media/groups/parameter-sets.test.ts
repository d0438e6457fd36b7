import { expect, test } from 'vitest'
import { readHexDump, readTakenIds } from '../../../src/media/groups/parameter-sets.js'

/** The record of a file by x264 with 4-byte lengths: one set of each kind, both with the id 0. */
const X264 = '0164001fffe100196764001facd9405005ba1000000300100000030300f183196001000668ebe3cb22c0'

function record(hex: string): Uint8Array {
  return Uint8Array.from(Buffer.from(hex, 'hex'))
}

test('the ids of all parameter sets of a track are found', () => {
  expect(readTakenIds(record(X264))).toEqual([0])
  // Sequences 0 and 31 (ue(v): 1, 00000100000), pictures 31 and 2 (ue(v): 011).
  const several =
    '0164001fffe2' + '0005676400' + '1f80' + '0006676400' + '1f0400' + '02' + '0003680400' + '00026860'
  expect(readTakenIds(record(several))).toEqual([0, 2, 31])
})

test('a record of another kind, with other lengths or cut short gives no ids', () => {
  expect(readTakenIds(record(`00${X264.slice(2)}`))).toBeNull()
  expect(readTakenIds(record(X264.replace('0164001fff', '0164001ffd')))).toBeNull()
  expect(readTakenIds(record(X264.slice(0, 40)))).toBeNull()
  expect(readTakenIds(new Uint8Array())).toBeNull()
})

test('bytes that ffprobe prints are read back', () => {
  const dump =
    '\n00000000: 0164 001f ffe1 0019 6764 001f acd9 4050  .d......gd....@P\n00000010: 05ba 10  `...h\n'
  expect(Buffer.from(readHexDump(dump)).toString('hex')).toBe('0164001fffe100196764001facd9405005ba10')
})
