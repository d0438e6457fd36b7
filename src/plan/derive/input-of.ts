import type { PassInput } from '../plan.js'
import type { FinishedFile } from './finished-file.js'
import type { Sampling } from './sampled-frames.js'

export function inputOf({ key, format }: FinishedFile, sampling?: Sampling): PassInput {
  return { key, format, seekSec: 0, ...(sampling?.keyFramesOnly ? { keyFramesOnly: true } : {}) }
}
