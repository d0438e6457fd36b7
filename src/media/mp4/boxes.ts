/** A box of MP4: where its size is written, and where it ends. Sizes are of 32 bits. */
export interface Box {
  readonly start: number
  readonly end: number
}

/** Size and type. */
export const BOX_HEADER_BYTES = 8

/** Boxes that begin with fields before the boxes in them. */
const FIELD_BYTES: Readonly<Record<string, number>> = { stsd: 8, avc1: 78 }

/** The boxes on a way into a buffer of boxes, each in the one before; null: there is no such way. */
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

/** The same bytes with other contents in the innermost of these boxes. */
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
