import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { ERRORS } from '../../../src/errors.js'
import { EXPLANATIONS } from '../../../src/http/problems/catalogue.js'
import { problemsDoc } from './problems-doc.js'

describe.each(Object.keys(ERRORS))('%s', (code) => {
  test('has a cause, an example and what to do, in sentences of their own', () => {
    const explanation = Object.entries(EXPLANATIONS).find(([name]) => name === code)?.[1]
    const { cause, example, remedy } = explanation ?? { cause: '', example: '', remedy: '' }
    for (const sentence of [cause, example, remedy]) expect(sentence).toMatch(/^.{10,}\.$/)
    expect(new Set([cause, example, remedy]).size).toBe(3)
  })
})

test('docs/problems.md has the catalogue; if not, run "CUTROOM_DOCS=write npx vitest run --update" with this file', async () => {
  const page = await problemsDoc()
  if (process.env.CUTROOM_DOCS === 'write')
    return expect(page).toMatchFileSnapshot('../../../docs/problems.md')
  expect(await readFile('docs/problems.md', 'utf8')).toBe(page)
})
