import type { Capabilities } from './ports/capabilities.js'
import type { Confinement } from './ports/confinement.js'
import type { LoopDelay } from './ports/loop-delay.js'

export interface HealthReport {
  readonly healthy: boolean
  readonly checks: Readonly<Record<'database' | 'orchestrator' | 'storage' | 'ffmpeg', HealthCheck>>
  /** What the ffmpeg of this process is; null: it does not work. */
  readonly capabilities: Capabilities | null
  /** How this process confines the ffmpeg that it starts. */
  readonly confinement: Confinement
  readonly loopDelay: LoopDelay
}

export interface HealthCheck {
  readonly ok: boolean
  readonly latencyMs: number
  /** A message that may be shown to anybody; null when ok. */
  readonly message: string | null
}
