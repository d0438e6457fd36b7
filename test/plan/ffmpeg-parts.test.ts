import { expect, test } from 'vitest'
import { FFMPEG_PARTS, isEssential, partsUsed } from '../../src/plan/ffmpeg-parts.js'
import { textOverlay } from '../support/overlays.js'
import { compilePlan, edited, TRIM, WORLD } from '../support/plan-facts.js'

const namesUsed = (...args: Parameters<typeof compilePlan>) =>
  partsUsed(compilePlan(...args), FFMPEG_PARTS).map(({ kind, name }) => `${kind} ${name}`)

test('a plan uses the filters of its graphs and the encoders of its files', () => {
  expect(namesUsed(edited(TRIM), WORLD)).toEqual(
    expect.arrayContaining(['encoder libx264', 'encoder aac', 'filter trim', 'filter atrim']),
  )
  expect(namesUsed(edited(TRIM), WORLD)).not.toContain('filter ass')
  expect(namesUsed(edited(textOverlay()), WORLD)).toContain('filter ass')
  const other = { operations: [], output: { container: 'webm', renditions: [{ name: 'a' }] } } as const
  expect(namesUsed(other, WORLD)).toEqual(expect.arrayContaining(['encoder libvpx-vp9', 'encoder libopus']))
  expect(namesUsed(other, WORLD)).not.toContain('encoder libx264')
})

test('a filter named like an encoder is another part', () => {
  const ass = FFMPEG_PARTS.filter(({ name }) => name === 'ass')
  expect(ass).toMatchObject([{ kind: 'filter' }])
  expect(ass.map(isEssential)).toEqual([false])
})

test('H.264, AAC and stills are essential, and other codecs are not', () => {
  const essential = FFMPEG_PARTS.filter((part) => part.kind === 'encoder' && isEssential(part))
  expect(essential.map(({ ability }) => ability)).toEqual(['make H.264', 'make AAC', 'make JPEG', 'make PNG'])
})
