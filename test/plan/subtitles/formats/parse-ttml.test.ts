import { describe, expect, test } from 'vitest'
import { cuesOf, fault, leftOutOf, timedTexts } from '../../../support/subtitles.js'

const NAMESPACES =
  'xmlns="http://www.w3.org/ns/ttml" xmlns:ttp="http://www.w3.org/ns/ttml#parameter" xmlns:tts="http://www.w3.org/ns/ttml#styling"'

const ttml = (body: string, { head = '', root = '' } = {}) =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<tt ${NAMESPACES} ${root}><head>${head}</head><body>${body}</body></tt>`

describe('TTML', () => {
  test('has times of many kinds, which count from those of what is around them', () => {
    const body = `<div begin="10s">
      <p begin="00:00:01.500" end="00:00:02.000">One <span>two</span><br/>
         three</p>
      <p begin="1m" dur="500ms">Two</p>
      <p begin="00:00:05:15" end="180f">Three</p>
    </div><div><p begin="45000t" end="0.02h">Four</p></div>`
    expect(timedTexts('ttml', ttml(body, { root: 'ttp:frameRate="30" ttp:tickRate="90000"' }))).toEqual([
      [11_500, 12_000, 'One two\nthree'],
      [70_000, 70_500, 'Two'],
      [15_500, 16_000, 'Three'],
      [500, 72_000, 'Four'],
    ])
  })

  test('counts frames by the rate that it states', () => {
    const root = 'ttp:frameRate="24" ttp:frameRateMultiplier="1000 1001"'
    const [[start, end] = []] = timedTexts(
      'ttml',
      ttml('<div><p begin="24f" end="00:00:02:12">x</p></div>', { root }),
    )
    expect(start).toBeCloseTo(1001, 6)
    expect(end).toBeCloseTo(2500.5, 6)
  })

  test('may have a sequence, and spans with times of their own', () => {
    const sequence = '<div timeContainer="seq"><p dur="1s">a</p><p begin="1s" dur="1s">b</p></div>'
    expect(timedTexts('ttml', ttml(sequence))).toEqual([
      [0, 1000, 'a'],
      [2000, 3000, 'b'],
    ])
    const spans =
      '<div><p><span begin="1s" end="2s">No way!</span><br/>\n<span begin="1.5s" end="2s">DOORBELL</span></p></div>'
    expect(timedTexts('ttml', ttml(spans))).toEqual([
      [1000, 2000, 'No way!'],
      [1500, 2000, 'DOORBELL'],
    ])
  })

  test('has styles of its own, by reference and from around', () => {
    const head =
      '<styling><style xml:id="a" tts:color="red"/><style xml:id="b" style="a" tts:fontWeight="bold"/></styling>'
    const body =
      '<div style="b"><p begin="0s" end="1s">x<span tts:fontStyle="italic" tts:color="#00ff00">y</span></p></div>'
    expect(cuesOf('ttml', ttml(body, { head }))[0]?.spans.map(({ style }) => style)).toMatchObject([
      { color: 'red', bold: true, italic: false },
      { color: '#00ff00', bold: true, italic: true },
    ])
  })

  test.each([
    ['', '', { box: { from: 0, size: 100 }, align: 'center', line: null }],
    ['tts:displayAlign="before"', '', { align: 'center', line: { by: 'lines', line: 0 } }],
    [
      'tts:origin="10% 20%" tts:extent="50% 30%" tts:displayAlign="after" tts:textAlign="right"',
      '',
      { box: { from: 10, size: 50 }, align: 'right', line: { by: 'percent', percent: 50, anchor: 'end' } },
    ],
    [
      'tts:origin="160px 90px" tts:extent="320px 180px"',
      'tts:extent="640px 360px"',
      { box: { from: 25, size: 50 }, align: 'left', line: { by: 'percent', percent: 25, anchor: 'start' } },
    ],
    [
      'tts:origin="8c 0c" tts:extent="16c 15c" tts:displayAlign="center"',
      '',
      { box: { from: 25, size: 50 }, line: { by: 'percent', percent: 50, anchor: 'center' } },
    ],
    [
      'tts:origin="0% 0%" tts:extent="100% 100%" tts:displayAlign="after"',
      '',
      { line: { by: 'lines', line: -1 } },
    ],
  ])('has its region: %s', (region, root, position) => {
    const head = `<layout><region xml:id="r" ${region}/></layout>`
    const text = ttml('<div><p region="r" begin="0s" end="1s">x</p></div>', { head, root })
    expect(cuesOf('ttml', text)[0]?.position).toMatchObject(position)
  })

  test('may have prefixes, entities of HTML and a bare &', () => {
    const text =
      '<tt:tt xmlns:tt="http://www.w3.org/ns/ttml"><tt:body><tt:div><tt:p begin="0s" end="1s">Tom &amp; J&eacute;r&#244;me & co</tt:p></tt:div></tt:body></tt:tt>'
    expect(timedTexts('ttml', text)).toEqual([[0, 1000, 'Tom & Jérôme & co']])
    expect(leftOutOf('ttml', text)).toEqual([])
  })

  test('leaves out what cannot be read, and tells by line', () => {
    const body =
      '\n<div><p begin="soon" end="1s">a</p>\n<p begin="2s" end="1s">b</p>\n<p begin="2s" end="3s">c</p></div>'
    expect(timedTexts('ttml', ttml(body))).toEqual([[2000, 3000, 'c']])
    expect(leftOutOf('ttml', ttml(body))).toEqual([
      '3 has a time that is not like 00:00:01.500 or 1.5s',
      '4 has a cue that ends before it begins',
    ])
  })

  test('is read as far as it goes when its end is missing', () => {
    const cut = ttml('<div><p begin="0s" end="1s">a</p><p begin="2s" end="3s">b</p></div>').replace(
      /<\/p><\/div>.*/,
      '',
    )
    expect(timedTexts('ttml', cut).map(([, , text]) => text)).toEqual(['a', 'b'])
  })

  test.each([
    ['hello', 'is not XML'],
    ['<smil><body/></smil>', 'line 1 begins with <smil>, where TTML has <tt>'],
    [`<tt>${'<div>'.repeat(100)}`, 'has an element within 64 others'],
    ['<tt><body/></tt>', 'has no cues that can be read'],
  ])('%j is refused', (text, message) => {
    expect(fault('ttml', text)).toContain(message)
  })

  test('with a declaration without end is refused before that takes long', () => {
    const endless = `<tt><!x ${'y'.repeat(900_000)}`
    expect(fault('ttml', endless)).toMatch(/declaration without end/)
    expect(fault('ttml', `<tt><!x "${'>'.repeat(900_000)}" y`)).toMatch(/declaration without end/)
  })

  test('expands no entity that a document declares, and opens no other file', () => {
    const bomb = `<!DOCTYPE tt [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]>`
    const text = `${bomb}<tt><body><div><p begin="0s" end="1s">&b;&x;</p></div></body></tt>`
    expect(timedTexts('ttml', text)).toEqual([[0, 1000, '&b;&x;']])
  })
})
