import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Operation } from '../../../src/edit/operation.js'
import { passArgv } from '../../../src/plan/argv/pass-argv.js'
import { compilePoster } from '../../../src/plan/derive/upload-poster.js'
import { LIMIT_ARGS } from '../../../src/plan/inputs/source-limits.js'
import type { Pass } from '../../../src/plan/model/plan.js'
import { textOverlay } from '../../support/overlays.js'
import {
  compilePlan,
  edited,
  ladder,
  MARK,
  mediaFacts,
  TRIM,
  videoFacts,
  WORLD,
} from '../../support/plan-facts.js'

function passOf(...operations: readonly Operation[]): Pass {
  const [pass] = compilePlan(edited(...operations), WORLD).passes
  if (!pass) throw new Error('the plan has no pass')
  return pass
}

function valueAfter(argv: readonly string[], option: string): string | undefined {
  return argv[argv.indexOf(option) + 1]
}

describe('the arguments of a pass', () => {
  test('open each input by its own demuxer, from the work folder alone', () => {
    const argv = passArgv(passOf(TRIM, MARK), ['output.mp4'])
    expect(argv.slice(0, 52)).toEqual([
      ...['-copyts', '-protocol_whitelist', 'file', '-format_whitelist', 'mov,mp4,m4a,3gp,3g2,mj2'],
      ...[...LIMIT_ARGS, '-f', 'mov'],
      ...['-reinit_filter:v', '0', '-noaccurate_seek', '-seek_timestamp', '1', '-ss', '0.98'],
      ...['-i', 'file:input-0', '-copyts'],
      ...['-protocol_whitelist', 'file', '-format_whitelist', 'png_pipe'],
      ...[...LIMIT_ARGS, '-f', 'png_pipe'],
      ...['-reinit_filter:v', '0', '-noaccurate_seek', '-i', 'file:input-1'],
    ])
    expect(argv.at(-1)).toBe('file:output.mp4')
  })

  test('encode the ladder as the contract says', () => {
    const [pass] = compilePlan(ladder('720p')).passes
    const argv = pass ? passArgv(pass, ['output.mp4']) : []
    const options = { '-c:v': 'libx264', '-preset': 'medium', '-crf': '23', '-maxrate': '2500000' }
    const more = {
      '-bufsize': '5000000',
      '-g': '50',
      '-keyint_min': '50',
      '-sc_threshold': '0',
      '-c:a': 'aac',
    }
    const rest = {
      '-b:a': '128000',
      '-ac': '2',
      '-movflags': '+faststart',
      '-map_metadata': '-1',
      '-map_chapters': '-1',
    }
    for (const [option, value] of Object.entries({ ...options, ...more, ...rest })) {
      expect([option, valueAfter(argv, option)]).toEqual([option, value])
    }
  })

  test('leave out the options of sound and of the cap where there is none', () => {
    const [pass] = compilePlan(edited(), { facts: mediaFacts({ audio: [] }) }).passes
    const argv = pass ? passArgv(pass, ['output.mp4']) : []
    expect(argv).not.toContain('-c:a')
    expect(argv).not.toContain('-maxrate')
    expect(argv.filter((part) => part === '-map')).toHaveLength(1)
  })

  test('make one JPEG for a poster', () => {
    const video = videoFacts({ width: 3000, height: 1000 })
    const argv = passArgv(compilePoster({ key: 'k', facts: mediaFacts() }, video), ['output.jpg'])
    expect(valueAfter(argv, '-frames:v')).toBe('1')
    expect(valueAfter(argv, '-filter_complex')).toContain('scale=w=1280:h=426')
    expect(argv.slice(-5)).toEqual(['-f', 'image2', '-update', '1', 'file:output.jpg'])
  })
})

/** Changes of the font, and places where a line may break. */
const OWN_BLOCKS = /(?<!\\)\{\\fn(?:Noto [\w ]+)\\fs[\d.]+\}|(?<!\\)\{\\fscx1\} \{\\fscx100\}/g

describe('text', () => {
  const unusual = fc.constantFrom(
    ...[
      '%',
      "'",
      ':',
      '\\',
      '{',
      '}',
      ',',
      ';',
      '[',
      ']',
      '=',
      '\n',
      '\r',
      '\t',
      '"',
      '$',
      '`',
      '|',
      '&',
      '<',
      ' ',
    ],
    ...['%{n}', '\\N', '{\\pos(0,0)}', 'ि', '😀', '\u202e', '\u2028', '\ud800'],
  )
  // A text of blanks alone is not drawn.
  const anyText = fc
    .oneof(
      { weight: 9, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 200 }) },
      { weight: 9, arbitrary: fc.string({ unit: unusual, minLength: 1, maxLength: 200 }) },
      {
        weight: 1,
        arbitrary: fc.string({ unit: 'grapheme', minLength: 9_000, maxLength: 10_000, size: 'max' }),
      },
    )
    .map((text) => `a${text}`)

  test('changes only the file beside the arguments, not the arguments', () => {
    // These fields settle what would otherwise depend on the text's script.
    const fields = { align: 'left', outline_width: 1, box_color: 'red', max_width: 100 } as const
    const plain = passOf(textOverlay({ ...fields, content: 'x' }))
    const argv = passArgv(plain, ['output.mp4'])
    fc.assert(
      fc.property(anyText, (content) => {
        const pass = passOf(textOverlay({ ...fields, content }))
        expect(passArgv(pass, ['output.mp4'])).toEqual(argv)
        expect({ ...pass, sideFiles: [] }).toEqual({ ...plain, sideFiles: [] })
        expect(pass.sideFiles).toHaveLength(3)
      }),
    )
  })

  test('is one event in its file, on one line', () => {
    fc.assert(
      fc.property(anyText, (content) => {
        const [file] = passOf(textOverlay({ content })).sideFiles
        const events = file?.contents.split('[Events]\n')[1]?.split(/\r\n?|\n/) ?? []
        expect(events).toHaveLength(3)
        expect(events[1]).toMatch(/^Dialogue: /)
        // After the position there are blocks of our own, and every other brace is escaped, so that no block can open.
        const text = events[1]?.slice(events[1].indexOf('}') + 1).replace(OWN_BLOCKS, '') ?? ''
        expect(text.replace(/\\[{}]/g, '')).not.toMatch(/[{}]/)
        expect(text.replace(/\\(\u2060|[{}hN])/g, '')).not.toContain('\\')
      }),
    )
  })
})
