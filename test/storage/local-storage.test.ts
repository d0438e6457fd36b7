import { expect, test } from 'vitest'
import { translateError } from '../../src/storage/local-storage.js'

test.each([
  ['ENOSPC', 'disk-full'],
  ['EDQUOT', 'disk-full'],
  ['EIO', 'storage-unavailable'],
  ['EROFS', 'storage-unavailable'],
])('%s is reported as %s, without a path', (systemCode, code) => {
  const cause = Object.assign(new Error(`${systemCode}: write '/srv/secret/path'`), { code: systemCode })
  expect(translateError(cause)).toMatchObject({ code, cause })
  expect(translateError(cause).message).not.toContain('/')
})
