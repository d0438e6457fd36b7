import type { Orchestrator, WorkflowState } from '../../src/jobs/ports/repositories.js'

/** Stands in for Temporal: remembers what it was asked, and is away or stubborn when a test wants it. */
export interface StandInOrchestrator extends Orchestrator {
  /** Ids of the workflows that were started, in order. */
  readonly started: string[]
  /** What `start`, `cancel` and `check` reject with, while there is something. */
  readonly failures: { start: Error | null; cancel: Error | null; check: Error | null }
  /** By the ids of workflows; those that were started run when there is nothing here. */
  readonly states: Map<string, WorkflowState>
  /** Runs within `cancel`, before its answer. */
  onCancel: () => Promise<void>
}

export function createStandInOrchestrator(): StandInOrchestrator {
  const started: string[] = []
  const states = new Map<string, WorkflowState>()
  const stateOf = (id: string) => states.get(id) ?? (started.includes(id) ? 'running' : 'unknown')
  const failures: StandInOrchestrator['failures'] = { start: null, cancel: null, check: null }
  const orchestrator: StandInOrchestrator = {
    started,
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
    listRunning: () => Promise.resolve(new Set(started.filter((id) => stateOf(id) === 'running'))),
    stateOf: (workflowId) => Promise.resolve(stateOf(workflowId)),
    mediaSlots: () => Promise.resolve({ slots: 0, threadsPerSlot: 1 }),
    uiUrl: (workflowId) => `http://ui/${workflowId}`,
  }
  return orchestrator
}
