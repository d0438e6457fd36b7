import { type FileHandle, open } from 'node:fs/promises'
import { type FileBox, listBoxes, readAt } from './file-boxes.js'

/** An alias has some hundred bytes, an address fewer. */
const MAX_REFERENCE_BYTES = 4096

/** Version and flags, and the number of entries, before those of `dref`: ISO/IEC 14496-12, 8.7.2. */
const DREF_FIELDS = 8

/** Version and flags of an entry. The last bit says that the samples are in the file itself. */
const ENTRY_FIELDS = 4

/**
 * Whether the samples of a picture or sound track are in another file, as in reference movies of QuickTime. ffmpeg does
 * not open it, and takes such a track for an empty one, or reads its own bytes in place of the others.
 * @param path of an ISO base media file, or one of QuickTime
 */
export async function refersToOthers(path: string): Promise<boolean> {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    const whole: FileBox = { type: '', start: 0, end: size }
    for (const track of await find(file, await find(file, [whole], 'moov'), 'trak')) {
      const media = await find(file, [track], 'mdia')
      if (await isExternal(file, media)) return true
    }
    return false
  } finally {
    await file.close()
  }
}

async function isExternal(file: FileHandle, media: readonly FileBox[]): Promise<boolean> {
  const [handler] = await find(file, media, 'hdlr')
  const kind = handler ? (await readAt(file, handler.start, 12)).toString('latin1', 8, 12) : ''
  if (kind !== 'vide' && kind !== 'soun') return false
  const information = await find(file, await find(file, media, 'minf'), 'dinf')
  for (const { type, start, end } of await find(file, information, 'dref')) {
    const entries = await listBoxes(file, { type, start: start + DREF_FIELDS, end })
    for (const entry of entries) if (await isReference(file, entry)) return true
  }
  return false
}

/** An entry with nothing in it stands for the file itself, whatever its flag says. */
async function isReference(file: FileHandle, { start, end }: FileBox): Promise<boolean> {
  const bytes = await readAt(file, start, Math.min(end - start, MAX_REFERENCE_BYTES))
  const isOwn = ((bytes[ENTRY_FIELDS - 1] ?? 1) & 1) === 1
  return !isOwn && bytes.subarray(ENTRY_FIELDS).some((byte) => byte !== 0)
}

async function find(file: FileHandle, inside: readonly FileBox[], type: string): Promise<FileBox[]> {
  const boxes: FileBox[] = []
  for (const box of inside) boxes.push(...(await listBoxes(file, box)).filter((one) => one.type === type))
  return boxes
}
