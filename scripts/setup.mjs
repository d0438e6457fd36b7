// Makes a fresh clone ready to run: packages, ffmpeg, the Temporal server, fonts, the build. It uses Node's own
// modules only, since nothing else is there yet. When everything is in place already, it prints one line and takes
// well under a second.
import { readFileSync } from 'node:fs'

/** @type {unknown} */
const contents = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
const manifest = /** @type {{ engines: { node: string } }} */ (contents)
const [wantedMajor = 0, wantedMinor = 0] = manifest.engines.node.split(/\D+/).filter(Boolean).map(Number)
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)

if (major < wantedMajor || (major === wantedMajor && minor < wantedMinor)) {
  console.error(
    `Cutroom needs Node.js ${wantedMajor}.${wantedMinor} or newer; this is ${process.versions.node}. ` +
      'Install a newer one, e.g. from https://nodejs.org.',
  )
  process.exitCode = 1
} else {
  // Loaded late, so that an old Node prints the message above instead of a syntax error.
  const { setUp } = await import('./setup/main.mjs')
  process.exitCode = await setUp()
}
