/** A box of MP4, by the offsets of its first byte, where its 32-bit size is, and of the byte after it. */
export interface Box {
  readonly start: number
  readonly end: number
}

/** A header is a size and a type. */
export const BOX_HEADER_BYTES = 8

/** Fields of a sample entry of pictures or of sound, before the boxes inside. */
const PICTURE_FIELDS = 78
const SOUND_FIELDS = 28

/** Boxes whose contents begin with fields, before the boxes inside. */
const FIELD_BYTES: Readonly<Record<string, number>> = {
  stsd: 8,
  avc1: PICTURE_FIELDS,
  hvc1: PICTURE_FIELDS,
  hev1: PICTURE_FIELDS,
  av01: PICTURE_FIELDS,
  vp09: PICTURE_FIELDS,
  mp4a: SOUND_FIELDS,
  Opus: SOUND_FIELDS,
  fLaC: SOUND_FIELDS,
}

/** Follows a path of box types, each box inside the one before; null: there is no such path. */
export function findBoxes(bytes: Buffer, path: readonly string[]): readonly Box[] | null {
  const found: Box[] = []
  let inside: Box = { start: 0, end: bytes.length }
  for (const type of path) {
    const box = listBoxes(bytes, inside).find((one) => one.type === type)
    if (!box) return null
    found.push({ start: box.start, end: box.end })
    inside = contentsOf(box)
  }
  return found
}

export interface TypedBox extends Box {
  readonly type: string
}

/** The boxes that lie next to each other in a range of bytes, up to the first that cannot be read. */
export function listBoxes(bytes: Buffer, { start, end }: Box): TypedBox[] {
  const boxes: TypedBox[] = []
  for (let at = start; at + BOX_HEADER_BYTES <= end;) {
    const size = bytes.readUInt32BE(at)
    if (size < BOX_HEADER_BYTES || at + size > end) break
    boxes.push({ type: bytes.toString('latin1', at + 4, at + 8), start: at, end: at + size })
    at += size
  }
  return boxes
}

/** Where the boxes inside a box lie. */
export function contentsOf({ type, start, end }: TypedBox): Box {
  return { start: start + BOX_HEADER_BYTES + (FIELD_BYTES[type] ?? 0), end }
}

/** Returns a copy in which the innermost box of the path has other contents, with the sizes of all boxes adjusted. */
export function replaceContents(bytes: Buffer, path: readonly Box[], contents: Buffer): Buffer {
  const innermost = path.at(-1)
  if (!innermost) return contents
  const grown = BOX_HEADER_BYTES + contents.length - (innermost.end - innermost.start)
  const result = Buffer.concat([
    bytes.subarray(0, innermost.start + BOX_HEADER_BYTES),
    contents,
    bytes.subarray(innermost.end),
  ])
  for (const { start, end } of path) result.writeUInt32BE(end - start + grown, start)
  return result
}
