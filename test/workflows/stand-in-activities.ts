import { Context } from '@temporalio/activity'
import { ApplicationFailure } from '@temporalio/common'
import type { Activities, Places, Planned, Task } from '../../activities/index.js'
import type { PublishInput } from '../../activities/publish.js'

/** What the stand-ins for the activities have recorded. They use neither ffmpeg nor the database. */
export interface Recorded {
  readonly calls: string[]
  readonly published: PublishInput[]
}

export interface StandInOptions {
  readonly tasks?: readonly Task[]
  /** What `plan` answers instead of the tasks. */
  readonly planned?: Planned
  /** The sources are not measured until they are probed. */
  readonly isUnmeasured?: boolean
  /** How often the light steps fail before they work, as in an outage. */
  readonly outages?: Readonly<Partial<Record<'plan' | 'publish', number>>>
  /** Error codes of the passes that fail, by name. */
  readonly failing?: Readonly<Record<string, string>>
  /** The places that passes return at their end, by name. */
  readonly placesSeen?: Readonly<Record<string, Places>>
  /** Milliseconds that each round of deliveries asks for, in order; then nothing is left. */
  readonly waits?: readonly number[]
  /** Passes that run until they are cancelled. */
  readonly endless?: readonly string[]
  /**
   * The code with which endless passes fail when they are cancelled, like a pass whose ffmpeg crashes at that moment.
   */
  readonly codeWhenCancelled?: string
  /** Called when an endless pass has begun. */
  readonly onEndless?: (passName: string) => void
}

type PassActivity = Activities['transcode']

export function createStandIns(options: StandInOptions): { activities: Activities; recorded: Recorded } {
  const recorded: Recorded = { calls: [], published: [] }
  const runPass: PassActivity = async ({ passName }) => {
    recorded.calls.push(passName)
    const code = options.failing?.[passName]
    if (code) throw ApplicationFailure.nonRetryable(`stand-in says ${code}`, code)
    if (options.endless?.includes(passName)) await runUntilCancelled(options, recorded, passName)
    return options.placesSeen?.[passName] ?? null
  }
  const note = (name: string) => () => {
    recorded.calls.push(name)
    return Promise.resolve()
  }
  const count = (name: string) => () => note(name)().then(() => 0)
  const fail = createOutages(options)
  return {
    recorded,
    activities: {
      probe: note('probe'),
      poster: note('poster'),
      plan: () => {
        fail('plan')
        const isMeasured = !options.isUnmeasured || recorded.calls.includes('probe')
        return Promise.resolve(isMeasured ? (options.planned ?? { tasks: options.tasks ?? [] }) : null)
      },
      publish: (input) => {
        fail('publish')
        recorded.published.push(input)
        return Promise.resolve()
      },
      startUnstarted: count('startUnstarted'),
      settleEnded: count('settleEnded'),
      keepHouse: () =>
        note('keepHouse')().then(() => ({
          folders: 0,
          orphans: 0,
          expired: 0,
          retired: 0,
          events: 0,
          uploads: 0,
        })),
      deliverDue: () => {
        const waitMs = options.waits?.[recorded.calls.length] ?? null
        recorded.calls.push('deliverDue')
        return Promise.resolve({ waitMs })
      },
      measureLoudness: runPass,
      trim: runPass,
      overlay: runPass,
      watermark: runPass,
      transcode: runPass,
      encodeAudio: runPass,
      assemble: runPass,
      thumbnails: runPass,
      package: runPass,
    },
  }
}

function createOutages({ outages = {} }: StandInOptions) {
  const left = { plan: 0, publish: 0, ...outages }
  return (step: 'plan' | 'publish') => {
    left[step] -= 1
    if (left[step] >= 0) throw ApplicationFailure.retryable('stand-in is away', 'db-unavailable')
  }
}

async function runUntilCancelled(
  options: StandInOptions,
  recorded: Recorded,
  passName: string,
): Promise<void> {
  const context = Context.current()
  const timer = setInterval(() => context.heartbeat(), 100)
  options.onEndless?.(passName)
  try {
    await context.cancelled
  } catch (error) {
    const code = options.codeWhenCancelled
    throw code ? ApplicationFailure.nonRetryable('stand-in died', code) : error
  } finally {
    clearInterval(timer)
    recorded.calls.push(`${passName} stopped`)
  }
}
