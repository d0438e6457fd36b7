import { describe, expect, test } from 'vitest'
import { describeFont } from '../../../../src/jobs/assets/fonts/read-font.js'
import { renameFont } from '../../../../src/jobs/assets/fonts/rename-font.js'
import { ASSET_FAMILY } from '../../../../src/plan/text/fonts.js'
import { asCollection, familyOf, shippedFont } from '../../../support/font-file.js'
const sans = shippedFont('NotoSans_400Regular.ttf')

describe('a renamed font', () => {
  test.each([
    ['alone', sans],
    ['in a collection', asCollection(sans)],
  ])('%s has no other name, and is otherwise unchanged', (_where, font) => {
    const renamed = renameFont(font)
    expect(familyOf(renamed)).toBe(ASSET_FAMILY)
    expect(describeFont(renamed)).toEqual(describeFont(font))
    expect(font.includes(Buffer.from(ASSET_FAMILY, 'utf16le').swap16())).toBe(false)
  })
})
