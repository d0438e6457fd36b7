import { expect, test } from 'vitest'
import {
  languageTag,
  ownName,
  primaryLanguage,
  threeLetterLanguage,
} from '../../../src/plan/model/languages.js'

test('codes of two and of three letters are the same languages', () => {
  for (const code of ['de', 'deu', 'ger', 'DE-at', 'ger-Latn']) expect(primaryLanguage(code), code).toBe('de')
  expect(['de', 'ger', 'pt-BR', 'zh-Hant', 'fil', 'x-klingon'].map(threeLetterLanguage)).toEqual([
    'deu',
    'deu',
    'por',
    'zho',
    'fil',
    null,
  ])
})

test('every two-letter code of the table is what the three letters mean', () => {
  const letters = 'abcdefghijklmnopqrstuvwxyz'.split('')
  const twos = letters.flatMap((first) => letters.map((second) => first + second))
  const known = twos.flatMap((two) => {
    const three = threeLetterLanguage(two)
    return three === null ? [] : [[two, three] as const]
  })
  expect(known.length).toBe(183)
  for (const [two, three] of known) {
    const [canonical = ''] = Intl.getCanonicalLocales(three)
    // Today's standards count Twi as Akan.
    if (two === 'tw') continue
    expect([two, Intl.getCanonicalLocales(two)[0]], `${two} ${three}`).toContain(canonical)
  }
})

test('a file that does not say its language has none', () => {
  expect(['und', 'eng', 'pt-BR', 'por-BR', '', null].map(languageTag)).toEqual([
    null,
    'en',
    'pt-BR',
    'pt-BR',
    null,
    null,
  ])
})

test('languages have the names that their speakers use', () => {
  expect(['de', 'hi', 'fr', 'eng'].map(ownName)).toEqual(['Deutsch', 'हिन्दी', 'Français', 'English'])
  expect(ownName('x-klingon')).toBe('x-klingon')
})
