import { expect, test } from 'vitest'
import { runsFromRight } from '../../../src/plan/text/text-direction.js'

test.each([
  ['مرحبا', true],
  ['123 سلام abc', true],
  ['שלום', true],
  ['\u200fabc', true],
  ['abc سلام', false],
  ['नमस्ते', false],
  ['12:30', false],
  ['', false],
])('%j runs from the right: %s', (text, isFromRight) => {
  expect(runsFromRight(text)).toBe(isFromRight)
})
