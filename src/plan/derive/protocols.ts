import type { Packaging } from '../../edit/output/extras.js'
import { assertNever } from '../../errors.js'
import type { StreamingProtocol } from '../model/plan.js'

export function protocolsOf(packaging: Packaging): StreamingProtocol[] {
  switch (packaging) {
    case 'none':
      return []
    case 'hls':
      return ['hls']
    case 'dash':
      return ['dash']
    case 'hls+dash':
      return ['hls', 'dash']
    default:
      return assertNever(packaging)
  }
}
