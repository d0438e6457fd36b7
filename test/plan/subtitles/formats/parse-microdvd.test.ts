import { expect, test } from 'vitest'
import { cuesOf, fault, leftOutOf, timedTexts } from '../../../support/subtitles.js'

test('MicroDVD counts frames by the rate in its first line', () => {
  const text = '{1}{1}25.000\n{25}{75}{y:i}Hello|there\n{100}{150}World\nx\n'
  expect(timedTexts('microdvd', text)).toEqual([
    [1000, 3000, 'Hello\nthere'],
    [4000, 6000, 'World'],
  ])
  expect(cuesOf('microdvd', text)[0]?.spans.map(({ style }) => style.italic)).toEqual([true, false])
  expect(leftOutOf('microdvd', text)).toEqual(['4 does not begin with two numbers'])
})

test('MicroDVD without a rate is refused, since the rate of its video is not known', () => {
  expect(fault('microdvd', '{25}{75}Hello')).toBe(
    'the file counts frames, but does not say how many there are in a second: add a first line like {1}{1}25',
  )
})

test('MPL2 counts tenths of a second, and a slash makes a line slanted', () => {
  const text = '[58][83]/Is it|so?\n[121][141]Yes.'
  expect(timedTexts('mpl2', text)).toEqual([
    [5800, 8300, 'Is it\nso?'],
    [12_100, 14_100, 'Yes.'],
  ])
  expect(cuesOf('mpl2', text)[0]?.spans.map(({ style }) => style.italic)).toEqual([true, false])
})
