import { readFileSync } from 'node:fs'

export interface FontMetrics {
  readonly unitsPerEm: number
  readonly winAscent: number
  readonly winDescent: number
  readonly family: string
}

/** Reads what we need of a TrueType file (https://learn.microsoft.com/typography/opentype/spec/otff). */
export function readFontMetrics(file: string): FontMetrics {
  const bytes = readFileSync(file)
  const head = tableOffset(bytes, 'head')
  const os2 = tableOffset(bytes, 'OS/2')
  return {
    unitsPerEm: bytes.readUInt16BE(head + 18),
    winAscent: bytes.readUInt16BE(os2 + 74),
    winDescent: bytes.readUInt16BE(os2 + 76),
    family: readFamily(bytes, tableOffset(bytes, 'name')),
  }
}

function tableOffset(bytes: Buffer, tag: string): number {
  const count = bytes.readUInt16BE(4)
  for (let index = 0; index < count; index += 1) {
    const record = 12 + 16 * index
    if (bytes.toString('latin1', record, record + 4) === tag) return bytes.readUInt32BE(record + 8)
  }
  throw new Error(`the font has no table ${tag}`)
}

const WINDOWS = 3
const FAMILY_NAME = 1

function readFamily(bytes: Buffer, table: number): string {
  const count = bytes.readUInt16BE(table + 2)
  const strings = table + bytes.readUInt16BE(table + 4)
  for (let index = 0; index < count; index += 1) {
    const record = table + 6 + 12 * index
    if (bytes.readUInt16BE(record) !== WINDOWS || bytes.readUInt16BE(record + 6) !== FAMILY_NAME) continue
    const start = strings + bytes.readUInt16BE(record + 10)
    const text = Buffer.from(bytes.subarray(start, start + bytes.readUInt16BE(record + 8)))
    return text.swap16().toString('utf16le')
  }
  throw new Error('the font has no family name')
}
