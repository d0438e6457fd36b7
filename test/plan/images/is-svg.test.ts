import { describe, expect, test } from 'vitest'
import { isSvg } from '../../../src/plan/images/is-svg.js'

const SVG = '<svg xmlns="http://www.w3.org/2000/svg"/>'

describe('a file is an SVG', () => {
  test.each([
    ['at once', SVG],
    ['with a prefix', '<svg:svg/>'],
    ['behind a declaration and comments', `<?xml version="1.0"?>\n<!-- a > b -->\n<!-- c -->${SVG}`],
    ['behind a document type', `<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x.dtd">${SVG}`],
    ['behind one with entities', `<!DOCTYPE svg [<!ENTITY a "b"> <!ENTITY c "d">]>${SVG}`],
    ['in capitals', '<SVG>'],
  ])('%s', (_, text) => {
    expect(isSvg(Buffer.from(text))).toBe(true)
    expect(isSvg(Buffer.from(`\ufeff${text}`, 'utf16le'))).toBe(true)
  })
})

describe('a file is none', () => {
  test.each([
    ['HTML', `<!doctype html><html>${SVG}</html>`],
    ['text before its first tag', `<!-- a -->b${SVG}`],
    ['a comment without end', `<!--${SVG}`],
    ['a name that begins alike', '<svgx>'],
    ['nothing', ''],
    // By a pattern that goes back this would not end within a lifetime.
    ['many comments', `${'<!---->'.repeat(580)}<x>`],
    ['many document types', `${'<!doctype a[]>'.repeat(290)}<x>`],
  ])('with %s', (_, text) => {
    expect(isSvg(Buffer.from(text))).toBe(false)
  })
})
