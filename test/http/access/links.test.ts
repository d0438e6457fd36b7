import { describe, expect, test } from 'vitest'
import { AppError } from '../../../src/errors.js'
import { createLinkSigner, withoutGrant } from '../../../src/http/access/links.js'
import type { Owner } from '../../../src/jobs/model.js'

const ACME = 'acme' as Owner
const HOUR_SEC = 3600
const START_MS = Date.parse('2026-01-02T03:04:05Z')
const FILE = '/processed/01/720p.mp4'
const MASTER = '/processed/01/hls/master.m3u8'

const clock = { ms: START_MS }
const signer = createLinkSigner('secret', HOUR_SEC, () => clock.ms)
const refusal = (link: string, by = signer) => {
  try {
    by.open(link)
    return null
  } catch (error) {
    return error instanceof AppError ? error.code : error
  }
}

test.each([FILE, MASTER, '/uploads/a.mp4', '/api/v1/jobs/download/01?quality=720p'])(
  'a link to %s is opened as it was signed',
  (path) => {
    const link = signer.sign(ACME, path)
    expect(link.endsWith(path)).toBe(true)
    expect(signer.open(link)).toEqual({ owner: ACME, target: path })
  },
)

test('a path that is not a signed link is not touched', () => {
  for (const path of ['/', FILE, '/signed', '/signed/x', '/signedx/a/b']) expect(signer.open(path)).toBeNull()
})

test('the grant of a playlist opens the files beside it, and nothing else', () => {
  const grant = signer.sign(ACME, MASTER).slice(0, -MASTER.length)
  expect(signer.open(`${grant}/processed/01/hls/segment-1.m4s`)).toMatchObject({ owner: ACME })
  for (const path of [
    '/processed/01/720p.mp4',
    '/processed/01/sprite/a.jpg',
    '/processed/02/hls/master.m3u8',
    '/processed/01/hls/',
    '/processed/01/hls',
    '/processed/01/hls/a/b',
    '/processed/01/hls/a?b',
    '/api/v1/jobs/download/01',
    '/uploads/a.mp4',
  ]) {
    expect(refusal(grant + path), path).toBe('link-invalid')
  }
})

describe('a link is refused with', () => {
  const link = signer.sign(ACME, FILE)
  test.each([
    ['another path', link.replace('720p', '480p')],
    ['another query', `${link}?quality=1080p`],
    ['another owner', link.replace('.acme.', '.bravo.')],
    ['another time', link.replace(/\d+(?=\.acme)/, (sec) => String(Number(sec) + 1))],
    ['another signature', link.replace(/\.[^./]{4}(?=[^./]*\/processed)/, '.AAAA')],
    ['a signature that is cut short', link.replace(/.\/processed/, '/processed')],
    ['a grant without an owner', link.replace('.acme.', '.')],
    ['an owner that is not valid', link.replace('.acme.', '.-acme.')],
  ])('%s', (_name, forged) => {
    expect(forged).not.toBe(link)
    expect(refusal(forged)).toBe('link-invalid')
  })

  test('another secret', () => {
    expect(
      refusal(
        link,
        createLinkSigner('another', HOUR_SEC, () => START_MS),
      ),
    ).toBe('link-invalid')
  })
})

test('a link is valid for at least three quarters of its lifetime and at most all of it', () => {
  for (let startSec = 0; startSec < HOUR_SEC; startSec += 601) {
    const madeMs = START_MS + startSec * 1000
    clock.ms = madeMs
    const link = signer.sign(ACME, FILE)
    clock.ms = madeMs + HOUR_SEC * 750
    expect(refusal(link)).toBeNull()
    clock.ms = madeMs + HOUR_SEC * 1000
    expect(refusal(link)).toBe('link-expired')
  }
  clock.ms = START_MS
})

test('links stay the same for a while, so that answers with links can be cached', () => {
  const links = new Set<string>()
  for (let sec = 0; sec < HOUR_SEC; sec += 10) {
    clock.ms = START_MS + sec * 1000
    links.add(signer.sign(ACME, FILE))
  }
  clock.ms = START_MS
  expect(links.size).toBeLessThanOrEqual(5)
})

test('a log shows the path of a link but not its grant', () => {
  expect(withoutGrant(signer.sign(ACME, FILE))).toBe(`/signed/…${FILE}`)
  expect(withoutGrant(FILE)).toBe(FILE)
})
