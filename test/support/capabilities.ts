import type { Capabilities } from '../../src/jobs/ports/capabilities.js'

/** An ffmpeg that lacks nothing. */
export const COMPLETE: Capabilities = {
  version: '5.1',
  ffprobeVersion: '5.1',
  isTested: true,
  olderThan: null,
  missing: [],
}
