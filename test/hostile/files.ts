import { copyFile, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { crc32, deflateSync } from 'node:zlib'
import { ffmpeg, H264, lavfi } from '../support/lavfi.js'
import { gab2Avi } from './gab2-avi.js'

/** What a hostile file tries to reach. */
export interface Prey {
  /** The URL of a server that must never be asked. */
  readonly url: string
  /** A file that must never be read. */
  readonly secretPath: string
}

export interface HostileFile {
  readonly name: string
  readonly what: string
  /** The codes with which it may be refused; null: it is a good file and is rendered. */
  readonly refusedWith: string | null
}

/** Scripts that make a reader of media open something else, each under the name of a film. */
export function scripts({ url, secretPath }: Prey): readonly (readonly [what: string, text: string])[] {
  const playlist = (uri: string, tag = '#EXTINF:1,') =>
    `#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:1\n${tag}\n${uri}\n#EXT-X-ENDLIST\n`
  const manifest = (base: string) =>
    `<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" mediaPresentationDuration="PT1S">` +
    `<Period><AdaptationSet mimeType="video/mp4"><Representation id="1" bandwidth="1">` +
    `<BaseURL>${base}</BaseURL><SegmentList><SegmentURL media="a"/></SegmentList>` +
    `</Representation></AdaptationSet></Period></MPD>`
  return [
    ['a playlist of an address', playlist(`${url}a.ts`)],
    ['a playlist of a file', playlist(`file://${secretPath}`)],
    ['a playlist of a path', playlist(secretPath)],
    ['a playlist of playlists', playlist(`${url}a.m3u8`, '#EXT-X-STREAM-INF:BANDWIDTH=1')],
    ['a playlist with a key', playlist('clip.mp4', `#EXT-X-KEY:METHOD=AES-128,URI="${url}key"\n#EXTINF:1,`)],
    ['a playlist that joins files', playlist(`concat:${secretPath}|${secretPath}`)],
    ['a manifest of addresses', manifest(url)],
    ['a manifest of files', manifest(`file://${secretPath}`)],
    [
      'a description of a stream',
      `v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 9 RTP/AVP 96\n`,
    ],
    ['a concat script of a path', `ffconcat version 1.0\nfile '${secretPath}'\n`],
    ['a concat script of a neighbour', `ffconcat version 1.0\nfile 'file'\n`],
    ['a concat script of an address', `ffconcat version 1.0\nfile '${url}a.mp4'\n`],
    ['a list of pictures', `<?xml version="1.0"?><IMF><Asset>${url}</Asset></IMF>`],
    ['a drawing that loads', `<svg xmlns="http://www.w3.org/2000/svg"><image href="${url}a.png"/></svg>`],
    ['a drawing with an entity', `<!DOCTYPE svg [<!ENTITY x SYSTEM "file://${secretPath}">]><svg>&x;</svg>`],
    ['a page', `<html><script src="${url}a.js"></script></html>`],
    ['a shell script', `#!/bin/sh\ncat ${secretPath}\n`],
  ]
}

export const GOOD_FILE = 'good.mp4'

/** A film of one second from which hostile files are made. */
export async function writeGoodFile(dir: string): Promise<void> {
  await ffmpeg(...lavfi('testsrc2=s=64x64:r=10:d=1'), ...H264, join(dir, GOOD_FILE))
}

/** Small files that need too much. Each is written to the folder under its name. */
export async function writeBombs(dir: string): Promise<readonly HostileFile[]> {
  const at = (name: string) => join(dir, name)
  const good = at(GOOD_FILE)
  await ffmpeg(...lavfi('color=s=8192x8192:r=1:d=2'), '-c:v', 'mjpeg', '-threads', '1', at('huge.avi'))
  await ffmpeg(...['-i', good, '-c', 'copy', '-bsf:v', 'setts=ts=N*12*3600/TB'], at('days.mp4'))
  await ffmpeg(
    ...['-i', good, ...Array.from({ length: 200 }, () => ['-map', '0:v']).flat()],
    ...['-c', 'copy', at('many.mkv')],
  )
  return [
    { name: 'huge.avi', what: 'a film of 8192 by 8192 pixels', refusedWith: 'media-over-limits' },
    { name: 'days.mp4', what: 'four and a half days', refusedWith: 'media-over-limits' },
    { name: 'many.mkv', what: '200 streams', refusedWith: 'media-over-limits' },
  ]
}

/** A picture of 15000 by 15000 pixels of one bit, in 30 kB. */
export function hugePng(side = 15_000): Buffer {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(side, 0)
  head.writeUInt32BE(side, 4)
  head.writeUInt8(1, 8)
  const rows = Buffer.alloc((Math.ceil(side / 8) + 1) * side)
  const parts = [
    pngChunk('IHDR', head),
    pngChunk('IDAT', deflateSync(rows)),
    pngChunk('IEND', Buffer.alloc(0)),
  ]
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), ...parts])
}

function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const [size, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  size.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([size, body, sum])
}

/** Files that are two things at once. The first of them is a film. */
export async function writePolyglots(dir: string, prey: Prey): Promise<readonly HostileFile[]> {
  const good = await readFile(join(dir, GOOD_FILE))
  const tail = (text: string) => Buffer.concat([good, Buffer.from(text)])
  await writeFile(join(dir, 'page.mp4'), tail(`<html><script>alert(document.domain)</script></html>`))
  await writeFile(join(dir, 'list-behind.mp4'), tail(`\n#EXTM3U\n${prey.url}\n`))
  await writeFile(
    join(dir, 'subtitle.avi'),
    gab2Avi(`#EXTM3U\n#EXTINF:1,\nfile://${prey.secretPath}\n#EXT-X-ENDLIST\n`),
  )
  await copyFile(join(dir, GOOD_FILE), join(dir, '<img src=x onerror=alert(1)>.mp4'))
  return [
    { name: 'page.mp4', what: 'a film with a page behind it', refusedWith: null },
    { name: 'list-behind.mp4', what: 'a film with a playlist behind it', refusedWith: null },
    { name: 'subtitle.avi', what: 'an AVI whose subtitles are a playlist', refusedWith: null },
    { name: '<img src=x onerror=alert(1)>.mp4', what: 'a film whose name is a script', refusedWith: null },
  ]
}
