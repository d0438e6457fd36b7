import { assertNever } from '../../errors.js'
import type { Loss } from '../../jobs/events/use-cases.js'

/** Told in a stream in place of events that cannot be given. Its id is not an event's: nothing is stored. */
interface ResetMessage {
  readonly type: 'reset'
  readonly reason: Loss
  readonly detail: string
}

export function resetMessage(reason: Loss): ResetMessage {
  return {
    type: 'reset',
    reason,
    detail: `${causeOf(reason)} Look at GET /api/v1/jobs for the present state. All events that are kept follow.`,
  }
}

function causeOf(reason: Loss): string {
  switch (reason) {
    case 'forgotten':
      return 'Events after the last one that you have received have been removed.'
    case 'unknown':
      return 'This database has never given the Last-Event-ID: it was another one, or is a restored backup.'
    default:
      return assertNever(reason)
  }
}
