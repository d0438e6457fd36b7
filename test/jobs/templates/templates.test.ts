import { v7 as uuidv7 } from 'uuid'
import { describe, expect, test } from 'vitest'
import type { Owner } from '../../../src/jobs/model.js'
import type { TemplateContent, TemplateId } from '../../../src/jobs/templates/template.js'
import {
  createTemplateUseCases,
  KEPT_VERSIONS,
  MAX_TEMPLATES,
} from '../../../src/jobs/templates/templates.js'
import { useWorld } from '../world.js'

const world = useWorld()
const templates = () => createTemplateUseCases(world().deps)
const ownerOf = (name: string) => name as Owner
const CONTENT: TemplateContent = {
  name: 'Title',
  description: '',
  edit: { operations: [{ type: 'mute' }] },
  valuesSchema: { type: 'object' },
}

test('a change makes a version, and one that changes nothing does not', async () => {
  const owner = ownerOf('versions')
  const { id } = await templates().create(owner, CONTENT)
  expect(await templates().update(owner, id, CONTENT)).toMatchObject({ version: 1 })
  expect(await templates().update(owner, id, { ...CONTENT, name: 'New' })).toMatchObject({
    version: 2,
    name: 'New',
  })
  expect(await templates().get(owner, id, 1)).toMatchObject({ ...CONTENT, version: 1, newestVersion: 2 })
  expect(await templates().list(owner)).toMatchObject([{ id, name: 'New', version: 2 }])
})

test('only the newest versions are kept', async () => {
  const owner = ownerOf('kept')
  const { id } = await templates().create(owner, CONTENT)
  for (let number = 2; number <= KEPT_VERSIONS + 1; number += 1) {
    await templates().update(owner, id, { ...CONTENT, name: `${number}` })
  }
  await expect(templates().get(owner, id, 1)).rejects.toMatchObject({ code: 'template-not-found' })
  expect(await templates().get(owner, id, 2)).toMatchObject({ name: '2' })
})

test('changes at the same time are versions one after another', async () => {
  const owner = ownerOf('race')
  const { id } = await templates().create(owner, CONTENT)
  const names = ['a', 'b', 'c']
  await Promise.all(names.map((name) => templates().update(owner, id, { ...CONTENT, name })))
  const versions = await Promise.all([2, 3, 4].map((version) => templates().get(owner, id, version)))
  expect(versions.map(({ name }) => name).sort()).toEqual(names)
})

test('an owner can have so many, also when they are created at the same time', async () => {
  const owner = ownerOf('many')
  for (let made = 1; made < MAX_TEMPLATES; made += 1) await templates().create(owner, CONTENT)
  const results = await Promise.allSettled([1, 2, 3].map(() => templates().create(owner, CONTENT)))
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  await expect(templates().create(owner, CONTENT)).rejects.toMatchObject({ code: 'too-many-templates' })
  expect((await templates().create(ownerOf('other'), CONTENT)).version).toBe(1)
})

describe('a template of another owner', () => {
  test('does not exist', async () => {
    const { id } = await templates().create(ownerOf('mine'), CONTENT)
    const theirs = ownerOf('theirs')
    const missing = { code: 'template-not-found' }
    for (const one of [id, uuidv7() as TemplateId]) {
      await expect(templates().get(theirs, one, null)).rejects.toMatchObject(missing)
      await expect(templates().update(theirs, one, CONTENT)).rejects.toMatchObject(missing)
      await expect(templates().delete(theirs, one)).rejects.toMatchObject(missing)
    }
    expect(await templates().get(ownerOf('mine'), id, null)).toMatchObject({ id })
  })
})
