import { expect, test } from 'vitest'
import { allowedOrigins } from '../../../src/http/access/allowed-origins.js'

const PAGE = 'https://app.example'

test('a list allows its origins, * allows all, and neither allows a request without one', () => {
  const allowed = (list: readonly string[]) =>
    [PAGE, 'https://other.example', 'null', undefined].map((origin) => allowedOrigins(list).allows(origin))
  expect(allowed([])).toEqual([false, false, false, false])
  expect(allowed([PAGE])).toEqual([true, false, false, false])
  expect(allowed(['*'])).toEqual([true, true, true, false])
})

test('an empty list allows none, and * is all', () => {
  expect(allowedOrigins([])).toMatchObject({ areNone: true, areAll: false })
  expect(allowedOrigins([PAGE])).toMatchObject({ areNone: false, areAll: false })
  expect(allowedOrigins(['*'])).toMatchObject({ areNone: false, areAll: true })
})
