import type { ErrorCode } from '../../errors.js'
import type { FinalStatus, JobId, JobType, OutputId, Owner, VideoId } from '../model.js'

export type EventId = string & { readonly __brand: 'EventId' }

/** Of an endpoint that is told of events. */
export type WebhookId = string & { readonly __brand: 'WebhookId' }

/** What owners are told of; `ping` is sent only when they ask for it. A type that has been sent is never renamed. */
export const EVENT_TYPES = [
  'video.ready',
  'video.failed',
  'job.started',
  'job.progress',
  'job.completed',
  'job.failed',
  'job.cancelled',
  'rendition.completed',
  'output.expired',
] as const
export type EventType = (typeof EVENT_TYPES)[number]

/** The fields of an event as they are stored and sent. */
interface AboutJob {
  readonly job_id: JobId
  readonly video_id: VideoId
  readonly job_type: JobType
  readonly status: 'processing' | FinalStatus
  readonly progress: number
  readonly error_code: ErrorCode | null
}

interface AboutVideo {
  readonly video_id: VideoId
  /** Of the upload. */
  readonly job_id: JobId
  readonly status: 'ready' | 'failed'
  readonly error_code: ErrorCode | null
}

interface AboutOutput {
  readonly job_id: JobId
  readonly video_id: VideoId
  readonly processed_video_id: OutputId
  readonly name: string
}

/** What has happened: the type of the event, and its fields. */
export type Happening =
  | { readonly type: Extract<EventType, `job.${string}`>; readonly data: AboutJob }
  | { readonly type: Extract<EventType, `video.${string}`>; readonly data: AboutVideo }
  | { readonly type: 'ping'; readonly data: { readonly webhook_id: WebhookId } }
  | { readonly type: 'rendition.completed' | 'output.expired'; readonly data: AboutOutput }

export type OwnerEvent = Happening & {
  readonly id: EventId
  readonly owner: Owner
  readonly createdAt: Date
}

/** Its place is its number among the events of its owner, from 1, in the order in which they became true. */
export type PlacedEvent = OwnerEvent & { readonly place: number }
