import { expect, test } from 'vitest'
import { createLineReader } from '../../../src/media/process/line-reader.js'

function linesOf(...chunks: readonly string[]): string[] {
  const lines: string[] = []
  const reader = createLineReader((line) => lines.push(line))
  for (const chunk of chunks) reader.read(Buffer.from(chunk))
  reader.end()
  return lines
}

test('lines are whole wherever chunks are cut, and the last one needs no end', () => {
  expect(linesOf('a', 'b\n', '\nc\nd', 'e')).toEqual(['ab', '', 'c', 'de'])
  expect(linesOf('a\n')).toEqual(['a'])
  expect(linesOf()).toEqual([])
})

test('a long line is cut, in one chunk or in many, and the next one is whole', () => {
  const long = 'x'.repeat(10_000)
  for (const chunks of [[`${long}\nnext`], [...Array<string>(1000).fill('x'.repeat(10)), '\nne', 'xt']]) {
    const [first = '', second] = linesOf(...chunks)
    expect([first.length, second]).toEqual([4096, 'next'])
  }
})
