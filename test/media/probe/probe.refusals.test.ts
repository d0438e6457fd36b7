import { randomBytes } from 'node:crypto'
import { copyFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { scanPackets } from '../../../src/media/packets/scan-packets.js'
import { compilePoster } from '../../../src/plan/derive/upload-poster.js'
import { FFPROBE, ffprobe, H264, lavfi } from '../../support/lavfi.js'
import { compile, useStudio } from '../../support/render.js'

const studio = useStudio()

beforeAll(async () => {
  const video = await studio.make('neighbour.ts', ...lavfi('testsrc2=s=160x90:d=0.5'), ...H264)
  await copyFile(video, join(studio.dir(), 'neighbour.ts'))
})

async function write(name: string, contents: string | Buffer): Promise<string> {
  const path = join(studio.dir(), name)
  await writeFile(path, contents)
  return path
}

const REFUSED = { name: 'AppError', code: 'unsupported-media' }

const HLS = (uri: string) =>
  ['#EXTM3U', '#EXT-X-VERSION:3', '#EXT-X-TARGETDURATION:1', '#EXTINF:0.5,', uri, '#EXT-X-ENDLIST', ''].join(
    '\n',
  )

const CONCAT = "ffconcat version 1.0\nfile 'neighbour.ts'\n"

const SDP =
  'v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 5004 RTP/AVP 96\na=rtpmap:96 H264/90000\n'

const MPD = '<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static"><Period/></MPD>'

test.each<[string, string | Buffer]>([
  ['text', 'This is a letter and not a film.\n'.repeat(100)],
  ['nothing', ''],
  ['random bytes', randomBytes(100_000)],
  ['zeros', Buffer.alloc(100_000)],
  ['a page', '<!doctype html><title>x</title>'],
  [
    'the beginning of an MP4',
    Buffer.from('0000002066747970697' + '36f6d0000020069736f6d69736f32617663316d703431', 'hex'),
  ],
  ['a picture cut off in its header', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')],
  ['a playlist that names a neighbour', HLS('neighbour.ts')],
  ['a script that names a neighbour', CONCAT],
  ['a description of a stream', SDP],
  ['a manifest', MPD],
])('%s named .mp4 is refused', async (_, contents) => {
  await expect(studio.probe(await write('upload.mp4', contents))).rejects.toMatchObject(REFUSED)
})

test.each([
  ['upload.m3u8', HLS('neighbour.ts')],
  ['upload.ffconcat', CONCAT],
  ['upload.sdp', SDP],
  ['upload.mpd', MPD],
  ['upload.txt', 'text'],
  ['upload', ''],
])('a file named %s is refused, too', async (name, contents) => {
  await expect(studio.probe(await write(name, contents))).rejects.toMatchObject(REFUSED)
})

test('ffprobe without allowlists follows the script', async () => {
  expect(await ffprobe('-show_entries', 'stream=codec_name', await write('upload.mp4', CONCAT))).toContain(
    'h264',
  )
})

test.each([
  ['script', CONCAT],
  ['playlist', HLS('neighbour.ts')],
])('a %s that replaces a probed video is followed neither by a scan nor by a pass', async (_, text) => {
  const video = await studio.make('swapped.mp4', ...lavfi('testsrc2=s=160x90:d=0.5'), ...H264)
  await copyFile(join(studio.dir(), 'neighbour.ts'), join(studio.dir(), 'files', 'neighbour.ts'))
  const sources = await studio.survey({ video })
  await writeFile(video, text)
  const damaged = { code: 'source-damaged' }
  await expect(
    scanPackets(FFPROBE, video, sources.video.facts, { signal: AbortSignal.timeout(20_000) }),
  ).rejects.toMatchObject(damaged)
  const [pass] = compile({ operations: [], output: null }, sources).passes
  if (!pass) throw new Error('the plan has no pass')
  await expect(studio.runPass(pass, 'never.mp4')).rejects.toMatchObject(damaged)
})

test('a file that has become too large since it was probed is refused by every reader', async () => {
  const film = (size: string) => [...lavfi(`color=s=${size}:r=1:d=2`), '-c:v', 'mjpeg', '-threads', '1']
  const video = await studio.make('growing.avi', ...film('64x64'))
  const sources = await studio.survey({ video })
  const { facts } = sources.video
  const [pass] = compile({ operations: [], output: null }, sources).passes
  const poster = facts.video && compilePoster(sources.video, facts.video)
  if (!pass || !poster) throw new Error('the plan lacks a pass')
  await studio.make('growing.avi', ...film('8192x8192'))
  const over = { code: 'media-over-limits' }
  await expect(studio.runPass(pass, 'never.mp4')).rejects.toMatchObject(over)
  await expect(studio.runPass(poster, 'never.jpg')).rejects.toMatchObject(over)
  await expect(studio.probe(video)).rejects.toMatchObject(over)
  await expect(
    scanPackets(FFPROBE, video, facts, { signal: AbortSignal.timeout(20_000) }),
  ).rejects.toMatchObject(over)
})

test('a playlist that names a web server fetches nothing', async () => {
  let requests = 0
  const server = createServer((_, response) => {
    requests += 1
    response.end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  try {
    const address = server.address()
    const port = typeof address === 'object' ? address?.port : 0
    const path = await write('upload.mp4', HLS(`http://127.0.0.1:${port}/segment.ts`))
    await expect(studio.probe(path)).rejects.toMatchObject(REFUSED)
    expect(requests).toBe(0)
  } finally {
    server.close()
  }
})

test.each([
  ['a file that is not there', () => join(studio.dir(), 'gone.mp4')],
  ['a folder', () => studio.dir()],
])('%s is refused', async (_, path) => {
  await expect(studio.probe(path())).rejects.toMatchObject(REFUSED)
})
