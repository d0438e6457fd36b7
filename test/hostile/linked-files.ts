import { readFile, writeFile } from 'node:fs/promises'
import { findBoxes, replaceContents } from '../../src/media/mp4/boxes.js'

/** Fields of a data reference: ISO/IEC 14496-12, 8.7.2. */
function reference(type: 'url ' | 'alis', contents: Buffer, flags: 0 | 1): Buffer {
  const head = Buffer.alloc(12)
  head.writeUInt32BE(12 + contents.length, 0)
  head.write(type, 4, 'latin1')
  head.writeUInt32BE(flags, 8)
  return Buffer.concat([head, contents])
}

/** An alias record of the Macintosh with an absolute path, as ffmpeg's demuxer reads it. */
function alias(path: string): Buffer {
  const fixed = Buffer.alloc(150)
  fixed.writeUInt8(1, 10)
  fixed.write('/', 11, 'latin1')
  const name = Buffer.from(path.length % 2 === 0 ? path : `${path}\0`, 'latin1')
  const entry = Buffer.alloc(4)
  entry.writeUInt16BE(2, 0)
  entry.writeUInt16BE(name.length, 2)
  return Buffer.concat([fixed, entry, name, Buffer.from('ffff0000', 'hex')])
}

const PATH = ['moov', 'trak', 'mdia', 'minf', 'dinf', 'dref'] as const

async function withReference(film: string, target: string, entry: Buffer): Promise<string> {
  const bytes = await readFile(film)
  const boxes = findBoxes(bytes, PATH)
  if (!boxes) throw new Error('the film has no data reference')
  const count = Buffer.from('0000000000000001', 'hex')
  await writeFile(target, replaceContents(bytes, boxes, Buffer.concat([count, entry])))
  return target
}

/** A film, whose index is behind its samples, with the reference of its first track changed. */
export const linked = {
  toAddress: (film: string, target: string, address: string) =>
    withReference(film, target, reference('url ', Buffer.from(`${address}\0`), 0)),
  toPath: (film: string, target: string, path: string) =>
    withReference(film, target, reference('alis', alias(path), 0)),
  /** The flag says that the samples are in the file itself, as in what QuickTime itself writes. */
  toItself: (film: string, target: string) =>
    withReference(film, target, reference('alis', alias('/old/disk/film.mov'), 1)),
  /** Some programs write no flag, and no address either. */
  toNothing: (film: string, target: string) =>
    withReference(film, target, reference('url ', Buffer.alloc(1), 0)),
}
