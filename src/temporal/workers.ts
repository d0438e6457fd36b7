import type {
  ActivityInterceptorsFactory,
  ActivitySlotInfo,
  CustomSlotSupplier,
  WorkerTuner,
} from '@temporalio/worker'
import { type LogLevel, NativeConnection, Runtime, Worker, type WorkerOptions } from '@temporalio/worker'
import type { Logger } from 'pino'
import type { MediaSlots } from '../jobs/ports/repositories.js'
import { toIdentity } from './media-slots.js'
import { CONTROL_QUEUE, MEDIA_QUEUE, OUTBOUND_QUEUE, PROBE_QUEUE } from './names.js'

type ActivityMap = Record<string, (...args: never[]) => Promise<unknown>>

export interface WorkersOptions {
  readonly address: string
  readonly namespace: string
  /** Name of this process for operators. */
  readonly name: string
  /** See AnnouncedWorker.id. */
  readonly id: string
  /** The compiled bundle of workflows/index.ts. */
  readonly workflowBundlePath: string
  readonly controlActivities: ActivityMap
  readonly probeActivities: ActivityMap
  /** Files that are probed at once, besides the encodes. */
  readonly probeSlots: number
  readonly outboundActivities: ActivityMap
  readonly mediaActivities: ActivityMap
  readonly mediaSlots: MediaSlots
  readonly mediaSlotSupplier: CustomSlotSupplier<ActivitySlotInfo>
  readonly activityInterceptor: ActivityInterceptorsFactory
  readonly log: Logger
}

/** As often as activities send heartbeats: cancellation reaches an encode with the answer to a heartbeat. */
const HEARTBEAT_THROTTLE = '500ms'

/** Light activities at once: they mostly wait for the database. */
const CONTROL_SLOTS = 20

/** Endpoints that are called at once; they mostly keep us waiting. */
const OUTBOUND_SLOTS = 100

/** Encodes that a shutdown interrupts begin again elsewhere; waiting for their end could take hours. */
const SHUTDOWN_GRACE = '1s'
const SHUTDOWN_FORCE = '4s'

/**
 * The workers of a worker process, which never wait for each other: `control` (workflows and light activities),
 * `probe` (ffprobe, posters), `outbound` (calls of endpoints) and `media` (encodes). `run` resolves after `shutdown`, when all of them have drained.
 */
export async function createWorkers(options: WorkersOptions): Promise<{
  run(): Promise<void>
  shutdown(): void
}> {
  useLogger(options.log)
  const connection = await NativeConnection.connect({ address: options.address })
  const shared: Omit<WorkerOptions, 'taskQueue'> = {
    connection,
    namespace: options.namespace,
    identity: toIdentity(options.name, { id: options.id, beganMs: Date.now(), ...options.mediaSlots }),
    interceptors: { activity: [options.activityInterceptor] },
    maxHeartbeatThrottleInterval: HEARTBEAT_THROTTLE,
    defaultHeartbeatThrottleInterval: HEARTBEAT_THROTTLE,
    shutdownGraceTime: SHUTDOWN_GRACE,
    shutdownForceTime: SHUTDOWN_FORCE,
  }
  const workers = await Promise.all([
    Worker.create({
      ...shared,
      taskQueue: CONTROL_QUEUE,
      workflowBundle: { codePath: options.workflowBundlePath },
      activities: options.controlActivities,
      maxConcurrentActivityTaskExecutions: CONTROL_SLOTS,
    }),
    Worker.create({
      ...shared,
      taskQueue: PROBE_QUEUE,
      activities: options.probeActivities,
      maxConcurrentActivityTaskExecutions: options.probeSlots,
    }),
    createOutboundWorker(shared, options),
    Worker.create({
      ...shared,
      taskQueue: MEDIA_QUEUE,
      activities: options.mediaActivities,
      tuner: mediaTuner(options.mediaSlotSupplier),
    }),
  ])
  return {
    run: async () => {
      await Promise.all(workers.map((worker) => worker.run()))
      await connection.close()
    },
    shutdown: () => {
      for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown()
    },
  }
}

function createOutboundWorker(
  shared: Omit<WorkerOptions, 'taskQueue'>,
  { outboundActivities }: Pick<WorkersOptions, 'outboundActivities'>,
): Promise<Worker> {
  return Worker.create({
    ...shared,
    taskQueue: OUTBOUND_QUEUE,
    activities: outboundActivities,
    maxConcurrentActivityTaskExecutions: OUTBOUND_SLOTS,
  })
}

/** The worker uses only activity slots, but the SDK requires a supplier for each kind. */
function mediaTuner(activityTaskSlotSupplier: CustomSlotSupplier<ActivitySlotInfo>): WorkerTuner {
  const unused = { type: 'fixed-size', numSlots: 1 } as const
  return {
    activityTaskSlotSupplier,
    workflowTaskSlotSupplier: unused,
    localActivityTaskSlotSupplier: unused,
    nexusTaskSlotSupplier: unused,
  }
}

/** The SDK warns about workers without workflows. Only `control` has workflows. */
const HARMLESS = 'No workflows registered, not polling for workflow tasks'

/** Sends the SDK's messages to our log. Signals are handled by the entry of the process. */
function useLogger(log: Logger): void {
  const write = (level: Lowercase<LogLevel>) => (message: string, meta?: object) =>
    log[message === HARMLESS ? 'debug' : level](meta ?? {}, message)
  const lower: Readonly<Record<LogLevel, Lowercase<LogLevel>>> = {
    TRACE: 'trace',
    DEBUG: 'debug',
    INFO: 'info',
    WARN: 'warn',
    ERROR: 'error',
  }
  Runtime.install({
    shutdownSignals: [],
    logger: {
      log: (level, message, meta) => write(lower[level])(message, meta),
      trace: write('trace'),
      debug: write('debug'),
      info: write('info'),
      warn: write('warn'),
      error: write('error'),
    },
  })
}
