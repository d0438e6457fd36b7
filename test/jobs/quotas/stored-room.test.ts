import { expect, test } from 'vitest'
import { acceptUpload } from '../../../src/jobs/accept-upload.js'
import { createUseCases } from '../../../src/jobs/create-use-cases.js'
import type { JobsDeps } from '../../../src/jobs/deps.js'
import { submitEdit } from '../../../src/jobs/edits/submit-edit.js'
import { LOCAL_OWNER, type Owner } from '../../../src/jobs/model.js'
import { editRequest, NO_QUOTAS, useWorld } from '../world.js'

const world = useWorld()

/** The use cases of the world whose owners may store so much more than `owner` does now. */
async function withRoom(owner: Owner, bytes: number): Promise<JobsDeps> {
  const { deps } = world()
  const storedBytes = (await deps.repositories.usage.storedBytes(owner)) + bytes
  return { ...deps, quotas: { ...NO_QUOTAS, storedBytes } }
}

const exceeded = { code: 'storage-quota-exceeded' }
let owners = 0
const newOwner = () => `storing-${(owners += 1)}` as Owner

test('an upload is refused when it would pass the quota of its owner, and leaves nothing behind', async () => {
  const owner = newOwner()
  const deps = await withRoom(owner, 10)
  const receive = (contents: string) => world().receive(contents)
  await acceptUpload(deps, owner, { file: await receive('0123456789') }, null)
  const before = await world().files()
  await expect(acceptUpload(deps, owner, { file: await receive('x') }, null)).rejects.toMatchObject({
    ...exceeded,
    message:
      'The videos, assets and outputs of one owner may have 10 bytes. They have 10, and this would add up to 1. ' +
      'Delete jobs, videos or assets, or ask for smaller outputs.',
  })
  expect(await world().files()).toEqual(before)
  await acceptUpload(deps, newOwner(), { file: await receive('0123456789') }, null)
})

test('an upload that is repeated with its key gets its job, although it has used up the quota', async () => {
  const owner = newOwner()
  const deps = await withRoom(owner, 10)
  const idempotency = { key: 'k', fingerprint: 'f' }
  const first = await acceptUpload(deps, owner, { file: await world().receive('0123456789') }, idempotency)
  const again = await acceptUpload(deps, owner, { file: await world().receive('0123456789') }, idempotency)
  expect(again).toMatchObject({ created: false, job: { job: { id: first.job.job.id } } })
})

test('an asset is refused, and kept once something was deleted', async () => {
  const owner = newOwner()
  const useCases = createUseCases(await withRoom(owner, 10))
  const create = async (name: string) =>
    useCases.createAsset(owner, name, await world().receive('0123456', name))
  await create('a.png')
  await expect(create('b.png')).rejects.toMatchObject(exceeded)
  await useCases.deleteAsset(owner, 'a.png')
  await create('b.png')
})

test('an edit is refused by the estimate of its outputs', async () => {
  const video = await world().addVideo()
  const request = editRequest(video)
  await expect(
    submitEdit(await withRoom(LOCAL_OWNER, 1000), LOCAL_OWNER, request, null),
  ).rejects.toMatchObject(exceeded)
  const accepted = await submitEdit(await withRoom(LOCAL_OWNER, 1e9), LOCAL_OWNER, request, null)
  expect(accepted.created).toBe(true)
})
