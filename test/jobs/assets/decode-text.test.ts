import { describe, expect, test } from 'vitest'
import { decodeText } from '../../../src/jobs/assets/decode-text.js'

const TEXT = '1\n00:00:01,000 --> 00:00:02,000\nनमस्ते é\n'

describe('certain is', () => {
  const little = Buffer.from(`\ufeff${TEXT}`, 'utf16le')
  test.each([
    ['UTF-8', Buffer.from(TEXT)],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${TEXT}`)],
    ['UTF-16 with a mark', little],
    ['UTF-16 with a mark, the other way round', Buffer.from(little).swap16()],
  ])('%s', (_name, bytes) => {
    expect(decodeText(bytes)).toEqual({ text: TEXT })
  })

  test('UTF-16 that was cut in the middle of a character', () => {
    expect(decodeText(little.subarray(0, -1))?.text.slice(0, -1)).toBe(TEXT.slice(0, -1))
  })
})

describe('a guess is', () => {
  test('UTF-16 without a mark', () => {
    const little = Buffer.from(TEXT, 'utf16le')
    expect(decodeText(little)).toEqual({ text: TEXT, guessedEncoding: 'UTF-16LE' })
    expect(decodeText(Buffer.from(little).swap16())).toEqual({ text: TEXT, guessedEncoding: 'UTF-16BE' })
  })

  test('UTF-8 with a broken character', () => {
    const bytes = Buffer.from(TEXT.repeat(5)).subarray(0, -2)
    const decoded = decodeText(bytes)
    expect(decoded?.guessedEncoding).toBe('UTF-8 with broken characters')
    expect(decoded?.text.startsWith(TEXT)).toBe(true)
  })

  test('an 8-bit encoding', () => {
    const bytes = Buffer.from('Déjà vu, señor. Straße', 'latin1')
    expect(decodeText(bytes)).toEqual({
      text: 'Déjà vu, señor. Straße',
      guessedEncoding: 'Windows-1252 (Western European)',
    })
  })
})

test('what has NULs all over is no text', () => {
  expect(decodeText(Buffer.from('a\0b\0\0c\xff', 'latin1'))).toBeNull()
  expect(decodeText(Buffer.from(Array.from({ length: 512 }, (_, index) => (index * 73) % 256)))).toBeNull()
})
