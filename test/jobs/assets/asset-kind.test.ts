import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { AppError } from '../../../src/errors.js'
import { describeAsset } from '../../../src/jobs/assets/asset-kind.js'
import { runReadTask } from '../../../src/jobs/assets/read-task.js'
import type { MediaProber } from '../../../src/jobs/ports/prober.js'
import type { MediaFacts } from '../../../src/plan/model/facts.js'
import { asCollection, asPostScript, shippedFont } from '../../support/font-file.js'
import { imageAsset, mediaFacts } from '../../support/plan-facts.js'

const trueType = shippedFont('NotoSans_400Regular.ttf')

let dir = ''
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'cutroom-kinds-'))
})
afterAll(() => rm(dir, { recursive: true, force: true }))

async function describeBytes(name: string, bytes: Buffer | string, facts: MediaFacts | null = null) {
  const path = join(dir, 'file')
  await writeFile(path, bytes)
  const refusal = new AppError('unsupported-media', 'no media')
  const prober: MediaProber = {
    probe: () => (facts ? Promise.resolve(facts) : Promise.reject(refusal)),
    measure: (_, probed) => Promise.resolve(probed),
    readText: () => Promise.resolve(null),
  }
  return describeAsset({ prober, read: runReadTask }, name, path)
}

describe('the kind of an asset', () => {
  test.each([
    ['TrueType', trueType, 'font/ttf'],
    ['OpenType with CFF', asPostScript(trueType), 'font/otf'],
    ['a collection', asCollection(trueType), 'font/collection'],
  ])('of %s is a font, whatever its name', async (_what, bytes, mimeType) => {
    expect(await describeBytes('logo.png', bytes)).toEqual({ kind: 'font', mimeType, facts: null })
  })

  test.each(['00010000', '4f54544f', '74746366'])('of %s alone is not a font', async (signature) => {
    const bytes = Buffer.concat([Buffer.from(signature, 'hex'), Buffer.alloc(64)])
    await expect(describeBytes('x.ttf', bytes)).rejects.toMatchObject({ code: 'unsupported-media' })
    await expect(describeBytes('x.ttf', trueType.subarray(0, 40_000))).rejects.toMatchObject({
      code: 'unsupported-media',
    })
  })

  const CUE = '1\n00:00:01,000 --> 00:00:02,000\nनमस्ते é\n'
  const SUBTITLES = {
    srt: CUE,
    vtt: 'WEBVTT\n\n00:01.000 --> 00:02.000\nनमस्ते\n',
    ass: '[Events]\nDialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,नमस्ते\n',
  }

  test.each([
    ['title.srt', 'application/x-subrip', SUBTITLES.srt],
    ['TITLE.VTT', 'text/vtt', SUBTITLES.vtt],
    ['title.ass', 'text/x-ass', SUBTITLES.ass],
    ['title.SSA', 'text/x-ass', SUBTITLES.ass],
  ])('of %s is a subtitle when it reads as one', async (name, mimeType, text) => {
    expect(await describeBytes(name, text)).toEqual({ kind: 'subtitle', mimeType, facts: null })
    for (const bytes of ['a\0b', Buffer.from([0x66, 0xff, 0xfe]), '', 'hello', '#EXTM3U\n/etc/passwd']) {
      await expect(describeBytes(name, bytes)).rejects.toMatchObject({ code: 'unsupported-media' })
    }
  })

  test.each([
    ['title.sbv', 'text/x-sbv', '0:00:01.000,0:00:02.000\nनमस्ते\n'],
    [
      'title.dfxp',
      'application/ttml+xml',
      '<tt><body><div><p begin="0s" end="1s">नमस्ते</p></div></body></tt>',
    ],
    ['title.sub', 'text/x-microdvd', '{1}{1}25\n{0}{25}x'],
    ['title.txt', 'text/x-mpl2', '[0][25]x'],
    // The text tells what it is, whatever the name says.
    ['title.srt', 'text/vtt', 'WEBVTT\n\n00:01.000 --> 00:02.000\nx'],
    ['title.xml', 'application/x-subrip', CUE],
    ['captions', 'application/x-subrip', CUE],
    ['film.en', 'text/vtt', 'WEBVTT\n\n00:01.000 --> 00:02.000\nx'],
  ])('%s is a subtitle of the type %s', async (name, mimeType, text) => {
    expect(await describeBytes(name, text)).toEqual({ kind: 'subtitle', mimeType, facts: null })
  })

  test.each([
    ['title.smi', '<SAMI><BODY></BODY></SAMI>', 'a SAMI file'],
    ['title.scc', 'Scenarist_SCC V1.0\n\n00:00:00:22\t9425', 'a Scenarist file (SCC)'],
    ['title.sub', Buffer.from('000001ba4400', 'hex'), 'a VobSub file, which has pictures and no text'],
    ['title.srt', Buffer.from('504b030414000000', 'hex'), 'a ZIP archive (unpack it first)'],
    ['title.xml', '<rss></rss>', 'a text in which no format of subtitles was recognised'],
    ['title.srt', Buffer.from('00ff00fe01010000ff', 'hex'), 'not a text'],
  ])('%s is refused by what it is, with what is taken', async (name, bytes, kind) => {
    const message = `The file is ${kind}. Subtitles are taken as SRT, WebVTT, ASS, SSA, SBV, TTML (DFXP), MicroDVD or MPL2.`
    await expect(describeBytes(name, bytes)).rejects.toMatchObject({ code: 'unsupported-media', message })
  })

  test('is a subtitle up to one MiB', async () => {
    const padded = (bytes: number) => CUE + '\n'.repeat(bytes - Buffer.byteLength(CUE))
    expect(await describeBytes('x.srt', padded(1024 ** 2))).toMatchObject({ kind: 'subtitle' })
    await expect(describeBytes('x.srt', padded(1024 ** 2 + 1))).rejects.toMatchObject({
      code: 'unsupported-media',
    })
  })

  test.each([
    ['a web page that has a drawing', '<!doctype html><body><svg width="1">', /^The file is a web page/],
    ['a drawing', '<svg xmlns="http://www.w3.org/2000/svg"/>', /^no media$/],
    // Nobody reads the zeros between its letters.
    ['a drawing in UTF-16', Buffer.from('\ufeff<svg/>', 'utf16le'), /^no media$/],
  ])('%s is refused by who draws it, if it is a drawing', async (_what, bytes, message) => {
    await expect(describeBytes('x.svg', bytes)).rejects.toThrow(message)
  })

  test('is otherwise what ffprobe finds', async () => {
    const still = imageAsset().facts
    expect(await describeBytes('x', 'bytes', still)).toMatchObject({ kind: 'image', mimeType: 'image/png' })
    expect(await describeBytes('x', 'bytes', mediaFacts())).toMatchObject({ kind: 'video' })
    expect(await describeBytes('x', 'bytes', mediaFacts({ video: null }))).toMatchObject({ kind: 'audio' })
    await expect(describeBytes('x.png', '#EXTM3U')).rejects.toMatchObject({ code: 'unsupported-media' })
  })
})
