import { describe, expect, test } from 'vitest'
import { passArgv } from '../../../src/plan/argv/pass-argv.js'
import type { FontFacts } from '../../../src/plan/model/font-facts.js'
import type { AssetSource } from '../../../src/plan/model/sources.js'
import { ASSET_FAMILY } from '../../../src/plan/text/fonts.js'
import { textOverlay } from '../../support/overlays.js'
import { compilePlan, edited, imageAsset, tryCompile, type World } from '../../support/plan-facts.js'

/** A font with hieroglyphs, which no shipped font has. */
const FACTS: FontFacts = {
  ...{ weight: 300, isItalic: true, lineHeight: 1.25, ascent: 1, widths: [50], tops: [70] },
  characters: [
    { start: 0x20, end: 0x7f, glyph: 1 },
    { start: 0x13000, end: 0x13010, glyph: 96 },
  ],
}
const FONT: AssetSource = { key: 'assets/brand.ttf', kind: 'font', facts: null, font: FACTS }
const WITH_FONT: World = {
  assets: { 'brand.ttf': FONT, 'other.ttf': { ...FONT, key: 'assets/other.ttf' }, 'logo.png': imageAsset() },
}

describe('text in a font asset', () => {
  test('finds the font in its own folder, under its new name, in its own style and at its own size', () => {
    const overlay = textOverlay({ font: 'brand.ttf', font_size: 100 })
    const [pass] = compilePlan(edited(overlay), WITH_FONT).passes
    expect(pass?.fonts).toEqual([{ folder: 'font-0', key: 'assets/brand.ttf' }])
    expect(pass && passArgv(pass, ['x.mp4']).join(' ')).toContain('fontsdir=font-0')
    const script = pass?.sideFiles[0]?.contents ?? ''
    expect(script).toContain(`Style: Text,${ASSET_FAMILY},125,`)
    expect(script).toContain(String.raw`\b300\i1}`)
  })

  test('is at least bold when bold is asked for', () => {
    const overlay = textOverlay({ font: 'brand.ttf', bold: true })
    const [pass] = compilePlan(edited(overlay), WITH_FONT).passes
    expect(pass?.sideFiles[0]?.contents).toContain(String.raw`\b700\i1}`)
  })

  test('loads each font once', () => {
    const [one, other] = ['brand.ttf', 'other.ttf'].map((font) => textOverlay({ font }))
    const operations = [one, other, one].flatMap((op) => op ?? [])
    const [pass] = compilePlan(edited(...operations), WITH_FONT).passes
    const keys = pass?.fonts?.map(({ key }) => key)
    expect(keys).toEqual(['assets/brand.ttf', 'assets/other.ttf'])
    expect(compilePlan(edited(textOverlay())).passes[0]).not.toHaveProperty('fonts')
  })

  test('causes a warning about characters that neither the asset nor a shipped font has', () => {
    const content = 'a\u{13000}क\u{13010}'
    const [warning] = compilePlan(edited(textOverlay({ content, font: 'brand.ttf' })), WITH_FONT).warnings
    expect(warning?.code).toBe('missing-glyphs')
    expect(warning?.message).toMatch(/: \u{13010} \(U\+13010\)\.$/u)
  })

  test.each([
    ['logo.png', '"logo.png" is an image asset, but a font is needed'],
    ['none.ttf', '"none.ttf" does not exist, but a font is needed'],
  ])('is refused with the asset %s, even if no frame shows it', (font, message) => {
    const overlay = textOverlay({ font, start_time: 100 })
    const issues = [{ pointer: '/operations/0/font', message }]
    expect(tryCompile(edited(overlay), WITH_FONT)).toEqual({ ok: false, issues })
  })
})
