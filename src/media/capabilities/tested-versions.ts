/** Series of ffmpeg that Cutroom's tests run on: scripts/ffmpeg/builds.mjs, and Debian's. */
const TESTED_SERIES: readonly string[] = ['5.1', '6.0', '7.0', '9.0']

/** Whether a version of ffmpeg is of a series that the tests run on. A build from git has no number. */
export function isTestedVersion(version: string): boolean {
  const [, series] = /^n?(\d+\.\d+)(?:[^\d]|$)/.exec(version) ?? []
  return series !== undefined && TESTED_SERIES.includes(series)
}
