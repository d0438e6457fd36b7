/**
 * An AVI file with a track of subtitles in the GAB2 format, whose text is whatever it is told to be. Readers that
 * guess the text's format by its contents have opened playlists here (FFmpeg ticket 6284 and its followers).
 * Layout: RIFF AVI, https://learn.microsoft.com/windows/win32/directshow/avi-riff-file-reference
 */
export function gab2Avi(text: string): Buffer {
  const picture = Buffer.alloc(64 * 64 * 3, 0x80)
  const headers = list('hdrl', mainHeader(), videoTrack(picture.length), textTrack())
  const data = list('movi', chunk('00db', picture), chunk('01tx', gab2(text)))
  const body = Buffer.concat([Buffer.from('AVI '), headers, data])
  return chunk('RIFF', body)
}

/** "GAB2", a zero, 2 (a name, UTF-16), the name, 4 (the text), its length. */
function gab2(text: string): Buffer {
  const name = Buffer.from('x\0', 'utf16le')
  const head = Buffer.alloc(5 + 2 + 4)
  head.write('GAB2\0', 0, 'latin1')
  head.writeUInt16LE(2, 5)
  head.writeUInt32LE(name.length, 7)
  const kind = Buffer.alloc(6)
  kind.writeUInt16LE(4, 0)
  kind.writeUInt32LE(text.length, 2)
  return Buffer.concat([head, name, kind, Buffer.from(text)])
}

function mainHeader(): Buffer {
  const head = Buffer.alloc(56)
  head.writeUInt32LE(1_000_000, 0)
  head.writeUInt32LE(1, 16)
  head.writeUInt32LE(2, 24)
  head.writeUInt32LE(64, 32)
  head.writeUInt32LE(64, 36)
  return chunk('avih', head)
}

function videoTrack(imageBytes: number): Buffer {
  const format = Buffer.alloc(40)
  format.writeUInt32LE(40, 0)
  format.writeInt32LE(64, 4)
  format.writeInt32LE(64, 8)
  format.writeUInt16LE(1, 12)
  format.writeUInt16LE(24, 14)
  format.writeUInt32LE(imageBytes, 20)
  return list('strl', trackHeader('vids', 'DIB '), chunk('strf', format))
}

function textTrack(): Buffer {
  return list('strl', trackHeader('txts', '\0\0\0\0'), chunk('strf', Buffer.alloc(0)))
}

function trackHeader(type: string, handler: string): Buffer {
  const head = Buffer.alloc(56)
  head.write(type, 0, 'latin1')
  head.write(handler, 4, 'latin1')
  head.writeUInt32LE(1, 20)
  head.writeUInt32LE(1, 24)
  head.writeUInt32LE(1, 32)
  return chunk('strh', head)
}

function list(type: string, ...parts: readonly Buffer[]): Buffer {
  return chunk('LIST', Buffer.concat([Buffer.from(type, 'latin1'), ...parts]))
}

function chunk(id: string, body: Buffer): Buffer {
  const head = Buffer.alloc(8)
  head.write(id, 0, 'latin1')
  head.writeUInt32LE(body.length, 4)
  return Buffer.concat([head, body, Buffer.alloc(body.length % 2)])
}
