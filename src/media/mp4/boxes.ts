/** A box of MP4, by the offsets of its first byte, where its 32-bit size is, and of the byte after it. */
export interface Box {
  readonly start: number
  readonly end: number
}

/** A header is a size and a type. */
export const BOX_HEADER_BYTES = 8

/** Boxes whose contents begin with fields, before the boxes inside. */
const FIELD_BYTES: Readonly<Record<string, number>> = { stsd: 8, avc1: 78 }

/** Follows a path of box types, each box inside the one before; null: there is no such path. */
export function findBoxes(bytes: Buffer, path: readonly string[]): readonly Box[] | null {
  const found: Box[] = []
  let [at, end] = [0, bytes.length]
  for (const type of path) {
    const box = findBox(bytes, type, at, end)
    if (!box) return null
    found.push(box)
    at = box.start + BOX_HEADER_BYTES + (FIELD_BYTES[type] ?? 0)
    end = box.end
  }
  return found
}

function findBox(bytes: Buffer, type: string, start: number, end: number): Box | null {
  for (let at = start; at + BOX_HEADER_BYTES <= end;) {
    const size = bytes.readUInt32BE(at)
    if (size < BOX_HEADER_BYTES || at + size > end) return null
    if (bytes.toString('latin1', at + 4, at + 8) === type) return { start: at, end: at + size }
    at += size
  }
  return null
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
