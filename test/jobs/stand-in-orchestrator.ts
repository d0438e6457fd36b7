import type { Orchestrator, WorkflowState } from '../../src/jobs/ports/repositories.js'

/** Stands in for Temporal: records its calls, and fails when a test wants it to. */
export interface StandInOrchestrator extends Orchestrator {
  /** Ids of the workflows that were started, in order. */
  readonly started: string[]
  /** Endpoints whose deliveries were to begin, in order. */
  readonly delivering: string[]
  /** Errors that `start`, `cancel` and `check` reject with; null: they work. */
  readonly failures: { start: Error | null; cancel: Error | null; check: Error | null }
  /** States by workflow id. A started workflow without an entry is running. */
  readonly states: Map<string, WorkflowState>
  /** Called within `cancel`, before it answers. */
  onCancel: () => Promise<void>
}

export function createStandInOrchestrator(): StandInOrchestrator {
  const started: string[] = []
  const delivering: string[] = []
  const states = new Map<string, WorkflowState>()
  const stateOf = (id: string) => states.get(id) ?? (started.includes(id) ? 'running' : 'unknown')
  const failures: StandInOrchestrator['failures'] = { start: null, cancel: null, check: null }
  const orchestrator: StandInOrchestrator = {
    started,
    delivering,
    failures,
    states,
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
    deliverNow: ({ id }) => {
      if (failures.start) return Promise.reject(failures.start)
      delivering.push(id)
      return Promise.resolve()
    },
    listRunning: () => Promise.resolve(new Set(started.filter((id) => stateOf(id) === 'running'))),
    stateOf: (workflowId) => Promise.resolve(stateOf(workflowId)),
    mediaSlots: () => Promise.resolve({ slots: 0, threadsPerSlot: 1 }),
    uiUrl: (workflowId) => `http://ui/${workflowId}`,
  }
  return orchestrator
}
