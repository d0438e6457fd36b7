import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { createDocument } from '../../../src/http/openapi/document.js'
import { routes } from '../../../src/http/routes/index.js'

const run = promisify(execFile)

interface Lint {
  readonly totals: { readonly errors: number; readonly warnings: number }
  readonly problems: readonly { readonly message: string; readonly ruleId: string }[]
}

test('redocly finds nothing wrong with the document', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'cutroom-document-'))
  try {
    const file = join(dir, 'openapi.json')
    await writeFile(file, JSON.stringify(createDocument(routes)))
    const args = ['lint', file, '--config', resolve('redocly.yaml'), '--format', 'json']
    const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' }
    const bin = resolve('node_modules/.bin/redocly')
    // It ends with 1 when it finds something.
    const said = await run(bin, args, { env, maxBuffer: 2 ** 26 }).catch((error: unknown) => error)
    const { stdout } = said as { stdout: string }
    const { totals, problems } = JSON.parse(stdout.slice(stdout.indexOf('{'))) as Lint
    expect(problems.map(({ ruleId, message }) => `${ruleId}: ${message}`)).toEqual([])
    expect(totals).toMatchObject({ errors: 0, warnings: 0 })
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
}, 120_000)
