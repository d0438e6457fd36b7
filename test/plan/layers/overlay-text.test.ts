import { expect, test } from 'vitest'
import { textOverlay } from '../../support/overlays.js'
import { edited, pointersOf } from '../../support/plan-facts.js'

test('lines may be aligned to another side than the anchor only within a width', () => {
  const issues = (fields: Parameters<typeof textOverlay>[0]) => pointersOf(edited(textOverlay(fields)))
  expect(issues({ align: 'right' })).toEqual(['/operations/0/align'])
  expect(issues({ align: 'right', max_width: '50%' })).toEqual([])
  expect(issues({ align: 'right', anchor: 'bottom-right' })).toEqual([])
})
