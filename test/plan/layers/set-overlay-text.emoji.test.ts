import { expect, test } from 'vitest'
import { LIMITS } from '../../../src/edit/limits.js'
import type { Operation } from '../../../src/edit/operation.js'
import { textOverlay } from '../../support/overlays.js'
import { compilePlan, edited } from '../../support/plan-facts.js'
import { burned, srt, subtitleWorld } from '../../support/subtitles.js'

const MANY = '👨‍👩‍👧'.repeat(LIMITS.textLength / '👨‍👩‍👧'.length)

function bytesOf(...[plan]: [ReturnType<typeof compilePlan>]): number {
  return Math.max(...plan.passes.flatMap(({ sideFiles }) => sideFiles).map(({ contents }) => contents.length))
}

function codes(...[plan]: [ReturnType<typeof compilePlan>]): string[] {
  return plan.warnings.map(({ code }) => code)
}

test('a text of thousands of emoji is drawn in the colour of the text, and that is told', () => {
  const plan = compilePlan(edited(textOverlay({ content: MANY, emoji: 'color' })))
  expect(codes(plan)).toContain('emoji-plain')
  expect(plan.warnings.find(({ code }) => code === 'emoji-plain')?.message).toMatch(
    /^\/operations\/0 has more emoji/,
  )
  expect(bytesOf(plan)).toBeLessThan(12 * LIMITS.textLength)
  const few = compilePlan(edited(textOverlay({ content: MANY.slice(0, 200), emoji: 'color' })))
  expect(codes(few)).not.toContain('emoji-plain')
  expect(bytesOf(few)).toBeLessThan(20_000)
  expect(codes(compilePlan(edited(textOverlay({ content: MANY, emoji: 'mono' }))))).not.toContain(
    'emoji-plain',
  )
})

test('so are subtitles', () => {
  const cues = Array.from({ length: 40 }, (_, index) => [index / 10, (index + 1) / 10, MANY] as const)
  const operations: Operation[] = [burned('film', { emoji: 'color' })]
  const compiled = (count: number) =>
    compilePlan({ operations, output: null }, subtitleWorld('srt', srt(...cues.slice(0, count))))
  expect(codes(compiled(40))).toContain('emoji-plain')
  expect(codes(compiled(1))).not.toContain('emoji-plain')
})
