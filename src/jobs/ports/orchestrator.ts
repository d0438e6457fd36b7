import type { Job } from '../model.js'
import type { WebhookOf } from './webhooks.js'

export interface MediaSlots {
  /** Passes that can run at once. */
  readonly slots: number
  /** Threads that each pass may keep busy. */
  readonly threadsPerSlot: number
}

/** `unknown`: there is no such workflow. All others except `running` are ends. */
export type WorkflowState =
  'running' | 'completed' | 'failed' | 'cancelled' | 'terminated' | 'timed-out' | 'unknown'

/** The orchestrator, as use cases and activities see it. Every method throws `orchestrator-unavailable`. */
export interface Orchestrator {
  /** Starts the job's workflow by its id. Does nothing if it was started before. */
  start(job: Pick<Job, 'id' | 'owner' | 'type' | 'videoId' | 'workflowId' | 'priority'>): Promise<void>
  /** `not-found`: no such workflow was ever started, or it has ended. */
  cancel(workflowId: string): Promise<'requested' | 'not-found'>
  /** Ids of the running workflows of jobs. May be wrong about workflows that began or ended within the last seconds. */
  listRunning(): Promise<ReadonlySet<string>>
  /** State of the workflow with that id; reliable, unlike `listRunning`. */
  stateOf(workflowId: string): Promise<WorkflowState>
  /** Has the deliveries to an endpoint begin at once, by its workflow. */
  deliverNow(webhook: WebhookOf): Promise<void>
  /** The slots of all living workers together. */
  mediaSlots(): Promise<MediaSlots>
  check(): Promise<void>
  /** Web page of a workflow; null when there is no UI. */
  uiUrl(workflowId: string): string | null
}

/** Frees a worker's slots as early as possible. */
export interface SlotGate {
  /** To be called by an attempt, which holds a slot. */
  enter(): {
    /** To be called when its ffmpeg has ended: another attempt may have the slot while this one finishes. */
    readonly leave: () => void
    /** To be called once, at the end of the attempt. */
    readonly end: () => void
  }
}
