import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { expectProblem, type Part, postForm, readJson, startTestServer, type TestServer } from '../support.js'
import { clip } from '../uploads.js'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

const nothingLeft = () => vi.waitFor(async () => expect(await server.useCases.leftovers()).toEqual([]))

describe('POST /assets', () => {
  test('a repetition with its idempotency key gets the same answer, but only for the same file', async () => {
    const headers = { 'Idempotency-Key': 'asset-1' }
    const again = (contents: string) =>
      postForm(`${server.url}/api/v1/assets`, [clip(contents, 'again.png')], headers)
    const first = await again('png')
    expect(first.status).toBe(201)
    const second = await again('png')
    expect([second.status, await second.json()]).toEqual([201, await first.json()])
    await expectProblem(await again('other'), 409, 'asset-exists')
  })

  const post = (parts: readonly Part[]) => postForm(`${server.url}/api/v1/assets`, parts)

  test('uses the name of the field, or else of the file', async () => {
    const own = await post([clip('png', 'logo.png')])
    expect(own.status).toBe(201)
    expect(own.headers.get('location')).toBe('/api/v1/assets/logo.png')
    expect(await readJson(own)).toMatchObject({
      name: 'logo.png',
      download_url: '/api/v1/assets/logo.png/download',
    })
    const given = await post([clip('png', 'x y.png'), { name: 'name', content: 'other.png' }])
    expect(await readJson(given)).toMatchObject({ name: 'other.png' })
  })

  test('refuses a name that is not a valid asset name', async () => {
    for (const parts of [
      [clip('png', 'my logo.png')],
      [clip('png', '.hidden')],
      [clip(), { name: 'name', content: '../x.png' }],
      [clip(), { name: 'name', content: '' }],
      [clip(), { name: 'name', content: 'x'.repeat(129) }],
    ]) {
      const { errors = [] } = await expectProblem(await post(parts), 400, 'request-invalid')
      expect(errors.map(({ pointer }) => pointer)).toContain('/name')
    }
  })

  test('a name that is taken is 409', async () => {
    await post([clip('png', 'taken.png')])
    await expectProblem(await post([clip('png', 'taken.png')]), 409, 'asset-exists')
    await nothingLeft()
  })
})
