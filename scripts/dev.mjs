// npm run dev: the platform, with the API and the worker started again after each change of the code. PostgreSQL and
// Temporal keep running. A change that does not compile is reported, and the code of before keeps running. Ctrl-C ends
// everything.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { watchBuild } from './dev/watch-build.mjs'

const ROOT = join(import.meta.dirname, '..')

const platform = spawn(process.execPath, ['--enable-source-maps', join(ROOT, 'dist/src/start.js')], {
  cwd: ROOT,
  stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
})
/** @type {Promise<number>} */
const ended = new Promise((resolve) => {
  platform.once('exit', (code) => resolve(code ?? 1))
})
// The terminal sends its signals to both of us; the platform counts two that follow each other at once as one.
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.on(signal, () => platform.kill(signal))
}
const watch = watchBuild(ROOT, {
  print: (line) => console.log(line),
  onBuilt: () => {
    if (platform.connected) platform.send('restart')
  },
})
const code = await ended
watch.close()
process.exit(code)
