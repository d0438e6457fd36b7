import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { assetListSchema } from '../../../src/http/present/asset.js'
import { makeAsset } from '../../support/records.js'
import { expectProblem, readJson, startTestServer, type TestServer } from '../support.js'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())
beforeEach(() => {
  server.useCases.jobs.clear()
  server.useCases.videos.clear()
})

const get = (path: string) => fetch(`${server.url}/api/v1${path}`)

test('assets are listed, shown and deleted', async () => {
  server.useCases.assets.set('logo.png', makeAsset('logo.png'))
  const list = await readJson(await get('/assets'))
  expect(assetListSchema.validate(list, { convert: false }).error).toBeUndefined()
  expect(list['assets']).toEqual([await readJson(await get('/assets/logo.png'))])
  expect((await fetch(`${server.url}/api/v1/assets/logo.png`, { method: 'DELETE' })).status).toBe(204)
  await expectProblem(await get('/assets/logo.png'), 404, 'asset-not-found')
  await expectProblem(await get('/assets/a%20b.png'), 400, 'request-invalid')
})
