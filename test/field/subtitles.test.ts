import { beforeAll, describe, expect, test } from 'vitest'
import { differenceBox } from '../support/frames.js'
import { useStudio } from '../support/render.js'
import { type DrawnFilm, SubtitleScreen } from '../support/subtitle-frames.js'
import { srt } from '../support/subtitles.js'

const screen = new SubtitleScreen(useStudio(), 6)
beforeAll(() => screen.prepare())

const LINE_HEIGHT = 20 * 1.519

const middleOf = (film: DrawnFilm, sec: number) => {
  const box = film.inkAt(sec)
  return box ? (box.left + box.right) / 2 : NaN
}
const topOf = (film: DrawnFilm, sec: number) => film.inkAt(sec)?.top ?? NaN
const rowCounts = (film: DrawnFilm, times: readonly number[]) => times.map((sec) => film.rowsAt(sec).length)

function expectNear(value: number, wanted: number, tolerance: number): void {
  expect(Math.abs(value - wanted), `${value} is not ${wanted} ± ${tolerance}`).toBeLessThanOrEqual(tolerance)
}

/** Two times show the same picture, apart from what the encoder makes of it. */
function expectSame(film: DrawnFilm, sec: number, other: DrawnFilm, otherSec: number): void {
  expect(differenceBox(film.frameAt(sec), other.frameAt(otherSec), 30)).toBeNull()
}

describe('dialects of SRT and WebVTT:', () => {
  test('crcrlf.srt: lines that end with CR CR LF', async () => {
    const film = await screen.draw('crcrlf.srt')
    expect(rowCounts(film, [0.4, 0.5, 1.4, 1.5, 2, 3])).toEqual([0, 2, 2, 0, 1, 0])
    const plain = await screen.draw('plain.srt', srt([0.5, 1.5, 'Hello\nthere'], [2, 3, 'World']))
    expectSame(film, 1, plain, 1)
    expectSame(film, 2, plain, 2)
  })

  test.each([
    ['CR alone', '\r'],
    ['LF and CR in turn', null],
  ])('%s ends lines, too', async (_what, end) => {
    const lines = srt([0.5, 1.5, 'Hello\nthere'], [2, 3, 'World']).split('\n')
    const text = lines.map((line, index) => line + (end ?? (index % 2 === 0 ? '\n' : '\r'))).join('')
    const film = await screen.draw('ends.srt', text)
    expect(rowCounts(film, [0.4, 0.5, 1.4, 1.5, 2, 3])).toEqual([0, 2, 2, 0, 1, 0])
  })

  test('html.srt: <br> ends a line, entities are decoded, {\\an8} moves it to the top', async () => {
    const film = await screen.draw('html.srt')
    expect(film.rowsAt(1)).toHaveLength(3)
    expect(topOf(film, 1)).toBeLessThan(40)
    const styled = srt([
      0.5,
      3,
      '<i>it</i> <b>bo</b> <font color="#ff0000">red</font>\nsecond\nthird & &lt;3{\\an8}',
    ])
    expectSame(film, 1, await screen.draw('styled.srt', styled), 1)
  })

  test.each([
    ['<p align="center">Hello</p><br /><o:p>there</o:p>', 'Hello\nthere'],
    ['{y:i}Hello{/y}', '<i>Hello{/y}</i>'],
    ['{b}Hello{/b} <custom>world</custom>', '<b>Hello</b> world'],
    ['a < b, <3 &hearts; &lt;i&gt;', 'a &lt; b, &lt;3 ♥ &#60;i&#62;'],
  ])('%s is drawn as %s', async (text, plain) => {
    const film = await screen.draw('two.srt', srt([0, 1, text], [1, 2, plain]))
    expect(film.inkAt(0.5)).not.toBeNull()
    expectSame(film, 0.5, film, 1.5)
  })

  test('noms.srt: times without milliseconds', async () => {
    expect(rowCounts(await screen.draw('noms.srt'), [0, 0.9, 1, 1.9, 2, 2.9, 3])).toEqual([
      1, 1, 0, 0, 1, 1, 0,
    ])
  })

  test('frac6.vtt: six digits behind the point', async () => {
    expect(rowCounts(await screen.draw('frac6.vtt'), [0.4, 0.5, 1.4, 1.5])).toEqual([0, 1, 1, 0])
  })

  test('arrow.srt: an arrow in the text', async () => {
    const film = await screen.draw('arrow.srt')
    expect(rowCounts(film, [0.4, 0.5, 1.4, 1.5, 2, 2.9, 3])).toEqual([0, 1, 1, 0, 1, 1, 0])
    expectSame(film, 1, await screen.draw('same.srt', srt([0.5, 1.5, 'press A --&gt; B now'])), 1)
  })

  test('neg.srt: a time before zero', async () => {
    expect(rowCounts(await screen.draw('neg.srt'), [0, 0.9, 1, 2, 2.9, 3])).toEqual([1, 1, 0, 1, 1, 0])
    const later = await screen.draw('neg.srt', undefined, { offset: 1 })
    expect(rowCounts(later, [0, 1.9, 2, 3, 3.9, 4])).toEqual([1, 1, 0, 1, 1, 0])
  })

  test.each([
    ['short.srt', '1\n00:00:0,5 -> 0:0:1,5\nx\n'],
    ['blanks.srt', '1\n00 : 00 : 00 , 500 —> 00:00:01. 5\nx\n'],
    ['hours.srt', '000:00:00.500000000-->000:00:01,499999999\nx\n'],
    ['minutes.vtt', 'WEBVTT\n\n00:00.5 --> 00:01.50\nx\n'],
    ['coordinates.srt', '1\n00:00:00,500 --> 00:00:01,500  X1:100 X2:200 Y1:10 Y2:20\nx\n'],
  ])('%s: other ways to write times', async (name, text) => {
    expect(rowCounts(await screen.draw(name, text), [0.4, 0.5, 1.4, 1.5])).toEqual([0, 1, 1, 0])
  })

  test.each([
    ['UTF-16LE', Buffer.from('\ufeff1\n00:00:00,500 --> 00:00:01,500\nÉté\n', 'utf16le')],
    ['UTF-16BE', Buffer.from('\ufeff1\n00:00:00,500 --> 00:00:01,500\nÉté\n', 'utf16le').swap16()],
    ['UTF-16 without a mark', Buffer.from('1\n00:00:00,500 --> 00:00:01,500\nÉté\n', 'utf16le')],
    ['Windows-1252', Buffer.from('1\n00:00:00,500 --> 00:00:01,500\nÉté\n', 'latin1')],
  ])('%s is read', async (_encoding, bytes) => {
    const film = await screen.draw('encoded.srt', bytes)
    expectSame(film, 1, await screen.draw('utf8.srt', srt([0.5, 1.5, 'Été'])), 1)
  })
})

describe('other formats:', () => {
  const plain = srt([0.5, 1.5, 'Hello\nthere'], [2, 3, 'World'])
  test.each([
    ['film.sbv', '0:00:00.500,0:00:01.500\nHello\nthere\n\n0:00:02.000,0:00:03.000\nWorld\n'],
    ['film.sub', '{1}{1}10\n{5}{15}Hello|there\n{20}{30}World\n'],
    [
      'film.ttml',
      `<?xml version="1.0" encoding="utf-8"?>
      <tt xmlns="http://www.w3.org/ns/ttml"><body><div>
        <p begin="00:00:00.500" end="00:00:01.500">Hello<br/>there</p>
        <p begin="2s" dur="1s"><span>World</span></p>
      </div></body></tt>`,
    ],
    [
      'film.dfxp',
      `<tt xmlns="http://www.w3.org/2006/10/ttaf1" xmlns:ttp="http://www.w3.org/2006/10/ttaf1#parameter" ttp:tickRate="1000">
      <body><div begin="500t"><p begin="0t" end="1000t">Hello<br/>
         there</p></div><div><p begin="2000t" end="3000t">World</p></div></body></tt>`,
    ],
  ])('%s is drawn like SRT', async (name, text) => {
    const film = await screen.draw(name, text)
    expect(rowCounts(film, [0.4, 0.5, 1.4, 1.5, 2, 2.9, 3])).toEqual([0, 2, 2, 0, 1, 1, 0])
    const wanted = await screen.draw('plain.srt', plain)
    expectSame(film, 1, wanted, 1)
    expectSame(film, 2, wanted, 2)
  })

  test('TTML has regions', async () => {
    const region = (id: string, place: string) => `<region xml:id="${id}" ${place}/>`
    const text = `<tt xmlns="http://www.w3.org/ns/ttml" xmlns:tts="http://www.w3.org/ns/ttml#styling"><head><layout>
      ${region('a', 'tts:origin="50% 25%" tts:extent="40% 20%" tts:textAlign="start"')}
      ${region('b', 'tts:origin="10% 10%" tts:extent="80% 40%" tts:displayAlign="after" tts:textAlign="center"')}
      </layout></head><body><div><p region="a" begin="0s" end="1s">HHH</p><p region="b" begin="1s" end="2s">HHH</p>
      </div></body></tt>`
    const film = await screen.draw('regions.ttml', text)
    expectNear(film.inkAt(0.5)?.left ?? NaN, 320, 3)
    expectNear(topOf(film, 0.5), 90 + 8, 3)
    expectNear(middleOf(film, 1.5), 320, 2)
    expectNear(film.inkAt(1.5)?.bottom ?? NaN, 180 - 7, 3)
  })
})

describe('places of WebVTT:', () => {
  test('pos.vtt is placed as the standard says', async () => {
    const film = await screen.draw('pos.vtt')
    const gap = topOf(film, 2.2) - 180
    // Between the top of a line and that of its letters.
    expect(gap).toBeGreaterThanOrEqual(0)
    expect(gap).toBeLessThan(10)
    expectNear(topOf(film, 0.7), 18 + gap, 1)
    expectNear(middleOf(film, 1.2), 128, 2)
    expectNear(film.inkAt(1.7)?.left ?? NaN, 64, 2)
    expectNear(topOf(film, 2.7), 36 + gap, 1)
    expectNear(topOf(film, 3.2), 144 + gap, 1)
    expectNear(film.inkAt(3.2)?.right ?? NaN, 512, 3)
    expectNear(film.inkAt(3.7)?.left ?? NaN, 320, 3)
    expectNear(middleOf(film, 4.2), 480, 2)
    expectNear(topOf(film, 1.2) - topOf(film, 4.7), 2 * LINE_HEIGHT, 1.5)
  })
})

describe('long lines and words stay in the picture:', () => {
  const URL = `https://example.com/${'abcdefghij/'.repeat(25)}mmmmm`
  const expectInside = (film: DrawnFilm, sec: number) => {
    const { left = NaN, right = NaN, top = NaN, bottom = NaN } = film.inkAt(sec) ?? {}
    expect(Math.min(left, 640 - right, top, 360 - bottom)).toBeGreaterThan(8)
    expect(bottom - top).toBeGreaterThan(25)
  }

  test('Latin letters', async () => {
    const texts = [URL, `See ${URL} now`, 'W'.repeat(120), `<b>${'W'.repeat(80)}</b>`, 'word '.repeat(60)]
    const film = await screen.draw(
      'latin.srt',
      srt(...texts.map((text, sec) => [sec, sec + 1, text] as const)),
    )
    texts.forEach((_text, sec) => expectInside(film, sec + 0.5))
  })

  test.each([
    ['Hindi', 'hi', 'नमस्तेदुनिया'.repeat(14), 'नमस्ते दुनिया '.repeat(14)],
    ['Japanese', 'ja', '私は猫である。名前はまだない。'.repeat(8), 'カタカナ'.repeat(30)],
    ['Chinese, and marks between which no line ends', 'zh', '你好吗我很好'.repeat(12), '。'.repeat(120)],
    ['Korean', 'ko', '안녕하세요세계'.repeat(12), '안녕 '.repeat(50)],
    ['Arabic', 'ar', 'مرحبابالعالم'.repeat(14), 'مرحبا بالعالم '.repeat(14)],
    ['Urdu', 'ur', 'خوشآمدید'.repeat(20), 'خوش آمدید '.repeat(14)],
    ['Tamil', 'ta', 'மொழிதமிழ்'.repeat(14), 'மொழி தமிழ் '.repeat(14)],
    ['Malayalam', 'ml', 'മലയാളംഭാഷ'.repeat(14), 'മലയാളം ഭാഷ '.repeat(14)],
  ])('%s', async (_what, language, joined, spaced) => {
    const film = await screen.draw('script.srt', srt([0, 1, joined], [1, 2, spaced]), { language })
    expectInside(film, 0.5)
    expectInside(film, 1.5)
  })

  test('letters of a quarter of the picture, in a narrow box of WebVTT', async () => {
    const text = 'WEBVTT\n\n00:00.000 --> 00:01.000 size:40% position:75%\nunbreakable\n'
    const film = await screen.draw('narrow.vtt', text, { font_size: 60 })
    const { left = NaN, right = NaN } = film.inkAt(0.5) ?? {}
    expect(left).toBeGreaterThan(352 - 4)
    expect(right).toBeLessThan(608 + 4)
    expect(film.rowsAt(0.5).length).toBeGreaterThan(1)
  })
})
