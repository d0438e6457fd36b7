import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ErrorCode } from '../../../src/errors.js'
import type { Random } from '../../support/random.js'
import { type Answer, member } from '../support/insistent-client.js'
import { count, type Soak } from './ledger.js'

const UNKNOWN_ID = '01890000-0000-7000-8000-000000000000'

interface Invalid {
  readonly what: string
  readonly status: number
  readonly code: ErrorCode
  readonly send: (soak: Soak, key: string) => Promise<Answer>
}

/** A POST about the first source. */
function about(path: string, fields: Readonly<Record<string, unknown>>): Invalid['send'] {
  return ({ client, sources }, key) => client.post(path, { video_id: sources[0].videoId, ...fields }, key)
}

const INVALID: readonly [Invalid, ...Invalid[]] = [
  {
    what: 'a trim that ends before it starts',
    status: 400,
    code: 'request-invalid',
    send: about('/trim', { start_time: 1, end_time: 0.5 }),
  },
  {
    what: 'a trim past the end',
    status: 400,
    code: 'edit-unrenderable',
    send: about('/trim', { start_time: 0, end_time: 999 }),
  },
  {
    what: 'an unknown field',
    status: 400,
    code: 'request-invalid',
    send: about('/trim', { start_time: 0, end_time: 1, end: 1 }),
  },
  {
    what: 'an unknown quality',
    status: 400,
    code: 'request-invalid',
    send: about('/quality', { qualities: ['9p'] }),
  },
  {
    what: 'an unknown asset',
    status: 404,
    code: 'asset-not-found',
    send: about('/overlay', { overlay_type: 'image', content: 'nobody.png' }),
  },
  {
    what: 'an unknown video',
    status: 404,
    code: 'video-not-found',
    send: about('/quality', { video_id: UNKNOWN_ID, qualities: ['240p'] }),
  },
  {
    what: 'an unknown job',
    status: 404,
    code: 'job-not-found',
    send: ({ client }) => client.get(`/jobs/${UNKNOWN_ID}`),
  },
  {
    what: 'a page of no jobs',
    status: 400,
    code: 'request-invalid',
    send: ({ client }) => client.get('/jobs?limit=0'),
  },
  {
    what: 'an unknown route',
    status: 404,
    code: 'route-not-found',
    send: ({ client }) => client.get('/nowhere'),
  },
  {
    what: 'an upload of text',
    status: 400,
    code: 'unsupported-media',
    send: async ({ client, platform }, key) => {
      const file = join(platform.dataDir, 'notes.txt')
      await writeFile(file, 'no video\n'.repeat(1000))
      return client.upload(file, key)
    },
  },
]

/** Sends one of many wrong requests, which must be refused with its own code whatever has just been killed. */
export async function tryInvalid(soak: Soak, random: Random, key: string): Promise<void> {
  const { what, status, code, send } = random.pick(INVALID)
  const answer = await send(soak, key)
  if (answer.status === status && member(answer.body, 'code') === code) count(soak.ledger.deeds, 'refused')
  else soak.ledger.faults.push(`${what}: ${answer.status} ${JSON.stringify(answer.body)}`)
}
