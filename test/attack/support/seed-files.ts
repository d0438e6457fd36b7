import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AAC, ffmpeg, H264, lavfi } from '../../support/lavfi.js'

/** A good file from which bad ones are made. */
export interface SeedFile {
  readonly name: string
  readonly bytes: Buffer
  /** Text is changed by words, everything else by bytes. */
  readonly isText: boolean
}

const TEXTS: readonly (readonly [name: string, text: string])[] = [
  ['a.srt', '1\n00:00:00,000 --> 00:00:01,000\n<b>Hello</b> {\\an8}<font color="#ff0000">there</font>\n\n'],
  [
    'a.vtt',
    'WEBVTT\n\nSTYLE\n::cue(.a) { color: red }\n\nNOTE x\n\nid\n00:00.000 --> 00:01.000 line:-1 position:20%,line-left\n' +
      '<c.a><00:00.500>Hello</c> <ruby>a<rt>b</rt></ruby>&amp;\n\n',
  ],
  [
    'a.ass',
    '[Script Info]\nScriptType: v4.00+\nPlayResX: 640\nPlayResY: 360\n\n[V4+ Styles]\nFormat: Name, Fontname, Fontsize\n' +
      'Style: A,Noto Sans,20\n\n[Events]\nFormat: Layer, Start, End, Style, Text\n' +
      'Dialogue: 0,0:00:00.00,0:00:01.00,A,{\\p1}m 0 0 l 9 9{\\p0}{\\k20}Hel{\\t(0,9,\\fs40)}lo\n',
  ],
  ['a.sbv', '0:00:00.000,0:00:01.000\nHello\nthere\n\n'],
  [
    'a.ttml',
    '<?xml version="1.0"?><tt xmlns="http://www.w3.org/ns/ttml"><head><styling><style xml:id="s"/></styling></head>' +
      '<body><div><p begin="0s" end="1s" style="s">Hello<br/><span>there</span></p></div></body></tt>',
  ],
  [
    'a.svg',
    '<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64" viewBox="0 0 64 64"><!-- a --><defs>' +
      '<g id="g"><path d="M0 0L9 9"/></g></defs><use href="#g"/><text font-size="9">a</text></svg>',
  ],
]

const PICTURE = lavfi('testsrc2=s=160x90:r=25:d=1')
const SOUND = lavfi('sine=frequency=440:duration=1')
const ONE = ['-frames:v', '1']

const MADE: readonly (readonly [name: string, args: readonly string[]])[] = [
  [
    'film.mp4',
    [...PICTURE, ...SOUND, ...H264, ...AAC, '-metadata', 'comment=frame=1', '-movflags', '+faststart'],
  ],
  ['film.mkv', [...PICTURE, ...SOUND, ...H264, '-c:a', 'flac']],
  ['film.webm', [...PICTURE, '-c:v', 'libvpx-vp9', '-deadline', 'realtime']],
  ['film.ts', [...PICTURE, ...SOUND, '-c:v', 'mpeg2video', '-c:a', 'mp2']],
  ['film.avi', [...PICTURE, ...SOUND, '-c:v', 'mpeg4', '-c:a', 'libmp3lame']],
  ['film.gif', [...PICTURE]],
  ['sound.wav', [...SOUND]],
  ['sound.mp3', [...SOUND, '-c:a', 'libmp3lame']],
  ['sound.ogg', [...SOUND, '-c:a', 'libvorbis']],
  ['picture.png', [...PICTURE, ...ONE]],
  ['picture.jpg', [...PICTURE, ...ONE]],
  ['picture.webp', [...PICTURE, ...ONE]],
  ['picture.tiff', [...PICTURE, ...ONE]],
  ['picture.bmp', [...PICTURE, ...ONE]],
]

/** A small font that set-up makes: its tables are those of any other. */
const FONT = 'dist/fonts/NotoSansOlChiki_400Regular.ttf'

export async function makeSeedFiles(dir: string): Promise<readonly [SeedFile, ...SeedFile[]]> {
  await mkdir(dir, { recursive: true })
  const texts = TEXTS.map(([name, text]): SeedFile => ({ name, bytes: Buffer.from(text), isText: true }))
  const made: SeedFile[] = []
  for (const [name, args] of MADE) {
    await ffmpeg(...args, join(dir, name))
    made.push({ name, bytes: await readFile(join(dir, name)), isText: false })
  }
  return [{ name: 'font.ttf', bytes: await readFile(FONT), isText: false }, ...texts, ...made]
}

/** Writes a clip of two seconds, which the watched owner uploads again and again. */
export async function makeWatchedClip(dir: string): Promise<string> {
  const file = join(dir, 'watched.mp4')
  await mkdir(dir, { recursive: true })
  await ffmpeg(...lavfi('testsrc2=s=640x360:r=30:d=2'), ...lavfi('sine=duration=2'), ...H264, ...AAC, file)
  return file
}

export async function writeTo(dir: string, { name, bytes }: SeedFile): Promise<string> {
  const file = join(dir, name)
  await writeFile(file, bytes)
  return file
}
