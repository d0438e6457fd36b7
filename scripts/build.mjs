// Compiles the sources, bundles the workflows and copies what isn't code. Does only what has become necessary since
// the last build.
import { rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { finishBuild } from './build/finish-build.mjs'
import { areAllThere, outputOf, sourceFiles } from './setup/build-stamp.mjs'
import { messageOf } from './setup/errors.mjs'
import { run } from './setup/run.mjs'

const ROOT = join(import.meta.dirname, '..')

try {
  await compile()
  console.log(await finishBuild(ROOT))
} catch (error) {
  console.error(messageOf(error))
  process.exitCode = 1
}

async function compile() {
  const sources = await sourceFiles(ROOT)
  const outputs = sources.filter((path) => path.endsWith('.ts')).flatMap((path) => outputOf(path) ?? [])
  // The compiler trusts its record of what it has written, so the record is removed when an output is missing.
  if (!(await areAllThere(ROOT, outputs))) await rm(join(ROOT, 'dist', 'build.tsbuildinfo'), { force: true })
  const compiler = createRequire(import.meta.url).resolve('typescript/bin/tsc')
  const { code, output } = await run(process.execPath, [compiler, '-p', 'tsconfig.build.json'], { cwd: ROOT })
  if (code !== 0) throw new Error(output.trim())
}
