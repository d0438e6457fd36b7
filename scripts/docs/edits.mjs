// Writes docs/edits.md from the schemas, and renders its pictures: two tests do it when they are told to write.
import { spawnSync } from 'node:child_process'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '..', '..')
const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
const env = { ...process.env, CUTROOM_DOCS: 'write' }
for (const part of ['pictures', 'edits-doc']) {
  const args = [vitest, 'run', '--project', 'media', `test/docs/${part}`, '--update']
  process.exitCode ||= spawnSync(process.execPath, args, { cwd: root, env, stdio: 'inherit' }).status ?? 1
}
