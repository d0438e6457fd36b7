import {
  Client,
  Connection,
  isGrpcServiceError,
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
} from '@temporalio/client'
import { AppError } from '../errors.js'
import type { Orchestrator } from '../jobs/ports/repositories.js'
import type { WebhookOf } from '../jobs/ports/webhooks.js'
import { findMediaSlots } from './media-slots.js'
import { CONTROL_QUEUE, DELIVER_SIGNAL, WORKFLOW_TYPES } from './names.js'
import { createOwnerAttribute, type OwnerAttribute } from './owner-attribute.js'
import { findState, listRunning } from './workflow-states.js'

interface OrchestratorOptions {
  readonly address: string
  readonly namespace: string
  readonly uiUrl: string | null
}

/** A server that does not answer within this time counts as unavailable. */
const DEADLINE_MS = 5000

/** The same for `check`, which every submission calls first. */
const CHECK_DEADLINE_MS = 2000

/** The only client of Temporal. Connects on first use, and again after an outage. */
export function createOrchestrator({ address, namespace, uiUrl }: OrchestratorOptions): Orchestrator & {
  readonly client: Client
  close(): Promise<void>
} {
  const connection = Connection.lazy({ address })
  const client = new Client({ connection, namespace })
  const ownerAttribute = createOwnerAttribute(connection, namespace)
  const call = <T>(work: () => Promise<T>, deadlineMs = DEADLINE_MS): Promise<T> =>
    connection.withDeadline(Date.now() + deadlineMs, work).catch((error: unknown) => {
      throw isOutage(error)
        ? new AppError('orchestrator-unavailable', 'Temporal is not reachable.', { cause: error })
        : error
    })
  return {
    client,
    start: (job) => call(() => startSearchable(client, job, ownerAttribute)),
    cancel: (workflowId) =>
      call(async () => {
        try {
          await client.workflow.getHandle(workflowId).cancel()
          return 'requested' as const
        } catch (error) {
          if (error instanceof WorkflowNotFoundError) return 'not-found' as const
          throw error
        }
      }),
    deliverNow: (webhook) => call(() => wakeDeliveries(client, webhook)),
    listRunning: () => call(() => listRunning(client)),
    stateOf: (workflowId) => call(() => findState(client, workflowId)),
    mediaSlots: () => call(() => findMediaSlots(client, namespace)),
    check: () =>
      call(async () => {
        await connection.workflowService.getSystemInfo({})
      }, CHECK_DEADLINE_MS),
    uiUrl: (workflowId) => (uiUrl ? `${uiUrl}/namespaces/${namespace}/workflows/${workflowId}` : null),
    close: () => connection.close(),
  }
}

type StartedJob = Parameters<Orchestrator['start']>[0]

/** Starts a job that operators find by its owner, where Temporal lets them. That it starts matters more. */
async function startSearchable(client: Client, job: StartedJob, attribute: OwnerAttribute): Promise<void> {
  const attributes = await attribute.of(job.owner)
  try {
    await startJob(client, job, attributes)
  } catch (error) {
    if (!attributes.typedSearchAttributes || !isInvalid(error)) throw error
    attribute.forget()
    await startJob(client, job, {})
  }
}

async function startJob(
  client: Client,
  { id, owner, type, workflowId, priority }: StartedJob,
  attributes: Awaited<ReturnType<OwnerAttribute['of']>>,
): Promise<void> {
  try {
    await client.workflow.start(type === 'upload' ? WORKFLOW_TYPES.ingest : WORKFLOW_TYPES.edit, {
      args: [{ jobId: id }],
      workflowId,
      taskQueue: CONTROL_QUEUE,
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
      // Activities inherit it. Owners share the workers fairly, however many jobs each of them has submitted.
      priority: { priorityKey: priority, fairnessKey: owner },
      staticSummary: `${type} job`,
      ...attributes,
    })
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error
  }
}

/** One workflow for each endpoint, so that one that never answers holds up no other. */
async function wakeDeliveries(client: Client, { id, owner }: WebhookOf): Promise<void> {
  await client.workflow.signalWithStart(WORKFLOW_TYPES.deliver, {
    args: [{ webhookId: id }],
    workflowId: `deliver-${id}`,
    taskQueue: CONTROL_QUEUE,
    signal: DELIVER_SIGNAL,
    priority: { fairnessKey: owner },
    staticSummary: 'deliveries to a webhook',
  })
}

/** Whether the server gave no answer: it is unreachable, too slow, or starting. */
function isOutage(error: unknown): boolean {
  const code = codeOf(error)
  return code !== null && OUTAGE_CODES.has(code)
}

function isInvalid(error: unknown): boolean {
  return codeOf(error) === INVALID_ARGUMENT
}

/** The gRPC code of a failed call; null: it failed otherwise. */
function codeOf(error: unknown): number | null {
  if (!(error instanceof Error)) return null
  const grpc = isGrpcServiceError(error) ? error : error.cause
  return grpc instanceof Error && isGrpcServiceError(grpc) ? grpc.code : null
}

const INVALID_ARGUMENT = 3

/** The gRPC codes DEADLINE_EXCEEDED, UNAVAILABLE, CANCELLED and RESOURCE_EXHAUSTED. */
const OUTAGE_CODES: ReadonlySet<number> = new Set([4, 14, 1, 8])
