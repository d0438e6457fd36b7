import type { Orchestrator } from '../../src/jobs/ports.js'

/** Stands in for Temporal: remembers what it was asked, and is away or stubborn when a test wants it. */
export interface StandInOrchestrator extends Orchestrator {
  /** Ids of the workflows that were started, in order. */
  readonly started: string[]
  /** What `start`, `cancel` and `check` reject with, while there is something. */
  readonly failures: { start: Error | null; cancel: Error | null; check: Error | null }
  /** Runs within `cancel`, before its answer. */
  onCancel: () => Promise<void>
}

export function createStandInOrchestrator(): StandInOrchestrator {
  const started: string[] = []
  const failures: StandInOrchestrator['failures'] = { start: null, cancel: null, check: null }
  const orchestrator: StandInOrchestrator = {
    started,
    failures,
    onCancel: () => Promise.resolve(),
    start: ({ workflowId }) => {
      if (failures.start) return Promise.reject(failures.start)
      started.push(workflowId)
      return Promise.resolve()
    },
    cancel: async (workflowId) => {
      if (failures.cancel) throw failures.cancel
      await orchestrator.onCancel()
      return started.includes(workflowId) ? 'requested' : 'not-found'
    },
    check: () => (failures.check ? Promise.reject(failures.check) : Promise.resolve()),
    mediaSlots: () => Promise.resolve({ slots: 0, threadsPerSlot: 1 }),
    uiUrl: (workflowId) => `http://ui/${workflowId}`,
  }
  return orchestrator
}
