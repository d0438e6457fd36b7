/** An element of EBML (RFC 8794), with a size of eight bytes. */
function element(id: string, ...contents: readonly Buffer[]): Buffer {
  const body = Buffer.concat(contents)
  const size = Buffer.alloc(8)
  size.writeBigUInt64BE((1n << 56n) | BigInt(body.length))
  return Buffer.concat([Buffer.from(id, 'hex'), size, body])
}

const text = (id: string, value: string) => element(id, Buffer.from(value))
const number = (id: string, value: number) => {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64BE(BigInt(value))
  return element(id, bytes)
}

const INFO = Buffer.from('1549a966', 'hex')

/** Of 16 bytes, by which segments name each other: RFC 9559, 5.1.2.1. */
export const UIDS = { own: Buffer.alloc(16, 0x11), other: Buffer.alloc(16, 0x22) } as const

/** Of a segment that others may name. */
export function ownUid(uid: Buffer): Links {
  return { info: element('73a4', uid), after: Buffer.alloc(0) }
}

interface Links {
  /** Elements that are added to those of Info. */
  readonly info: Buffer
  /** Elements after Info. */
  readonly after: Buffer
}

/** The next segment is in a file of that name, and has the other UID: "hard linking", RFC 9559, 17.1. */
export function nextIs(file: string): Links {
  const info = [element('73a4', UIDS.own), element('3eb923', UIDS.other), text('3e83bb', file)]
  return { info: Buffer.concat(info), after: Buffer.alloc(0) }
}

/** An ordered edition whose second chapter is all of the segment with the other UID: "medium linking", 17.2. */
export function chaptersOf(seconds: number): Links {
  const chapter = (uid: number, ...more: Buffer[]) =>
    element('b6', number('73c4', uid), number('91', 0), number('92', seconds * 1e9), ...more)
  const edition = element(
    '45b9',
    ...[number('45bc', 1), number('45bd', 0), number('45db', 1), number('45dd', 1)],
    ...[chapter(1), chapter(2, element('6e67', UIDS.other))],
  )
  return { info: element('73a4', UIDS.own), after: element('1043a770', edition) }
}

/** @param film Matroska of a stream: it has no index and no sizes that would tell where things are */
export function link(film: Buffer, { info, after }: Links): Buffer {
  const at = film.indexOf(INFO)
  const { start, end } = contentsOf(film, at + INFO.length)
  const linked = element('1549a966', film.subarray(start, end), info)
  return Buffer.concat([film.subarray(0, at), linked, after, film.subarray(end)])
}

/** The first byte of a size tells by its leading zeros how many bytes it has. */
function contentsOf(bytes: Buffer, at: number): { start: number; end: number } {
  const length = Math.clz32(bytes[at] ?? 0) - 23
  let size = (bytes[at] ?? 0) & (0xff >> length)
  for (const byte of bytes.subarray(at + 1, at + length)) size = size * 256 + byte
  return { start: at + length, end: at + length + size }
}
