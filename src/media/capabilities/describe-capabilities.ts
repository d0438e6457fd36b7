import type { Capabilities } from '../../jobs/ports/capabilities.js'

/** One line for operators: `5.1.9, ffprobe 5.1.9; cannot make AV1`. */
export function describeCapabilities(found: Capabilities): string {
  const { version, ffprobeVersion, isTested, olderThan, missing } = found
  const tested = isTested ? '' : ' (NOT a version that Cutroom is tested with)'
  const lacking = missing.map(({ ability }) => `; cannot ${ability}`)
  const old =
    olderThan === null
      ? ''
      : `; OLDER than ${olderThan}, which mends known vulnerabilities: see docs/ffmpeg.md, unless its packager has mended them`
  return [version, tested, `, ffprobe ${ffprobeVersion}`, ...lacking, old].join('')
}
