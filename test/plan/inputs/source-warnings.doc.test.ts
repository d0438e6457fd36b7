import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { INPUT_WARNINGS } from '../../../src/plan/model/warnings.js'

test('docs/inputs.md lists every trait of a source, and no other code', async () => {
  const text = await readFile('docs/inputs.md', 'utf8')
  const listed = [...text.matchAll(/\| `([a-z-]+)` \|$/gm)].map(([, code]) => code)
  expect(listed.sort()).toEqual([...INPUT_WARNINGS].sort())
})
