import type { Job } from '../model.js'

export interface MediaSlots {
  /** Passes at once. */
  readonly slots: number
  /** That each of them may keep busy. */
  readonly threadsPerSlot: number
}

/** `unknown`: nothing is known of such a workflow. The others but `running` have ended in that way. */
export type WorkflowState =
  'running' | 'completed' | 'failed' | 'cancelled' | 'terminated' | 'timed-out' | 'unknown'

/** The orchestrator as the API sees it. Throws `orchestrator-unavailable`. */
export interface Orchestrator {
  /** Starts the job's workflow by its id; one that runs already is fine. */
  start(job: Pick<Job, 'id' | 'owner' | 'type' | 'videoId' | 'workflowId' | 'priority'>): Promise<void>
  /** `not-found`: no such workflow was ever started, or it is closed. */
  cancel(workflowId: string): Promise<'requested' | 'not-found'>
  /** Workflows of jobs that run; what began or ended within the last seconds may be missing or still there. */
  listRunning(): Promise<ReadonlySet<string>>
  /** Of the latest workflow with that id; certain, unlike `listRunning`. */
  stateOf(workflowId: string): Promise<WorkflowState>
  /** What the workers that take passes can do at once, all of them together. */
  mediaSlots(): Promise<MediaSlots>
  check(): Promise<void>
  /** Page of a workflow for a person; null when there is no UI. */
  uiUrl(workflowId: string): string | null
}

/** The slots of a worker for passes. */
export interface SlotGate {
  /** For an attempt that holds one. */
  enter(): {
    /** Its ffmpeg has ended: what is left to do leaves the slot to another. */
    readonly leave: () => void
    /** Once, at its very end. */
    readonly end: () => void
  }
}
