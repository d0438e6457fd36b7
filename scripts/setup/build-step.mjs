import { join } from 'node:path'
import { isBuilt } from './build-stamp.mjs'
import { SetupError } from './errors.mjs'
import { lastLines, run } from './run.mjs'

/** @type {import('./types.d.ts').Step} */
export const build = {
  label: 'Build',
  check: async ({ root }) => ((await isBuilt(root)) ? 'dist' : null),
  /** In a process of its own: it loads a bundler, which must not hold up the other steps. */
  run: async ({ root, signal }) => {
    const script = join(root, 'scripts', 'build.mjs')
    const { code, stdout, output } = await run(process.execPath, [script], { cwd: root, signal })
    if (code !== 0) throw new SetupError(`The build failed:\n${lastLines(output, 20)}`)
    return lastLines(stdout, 1)
  },
}
