import { type DestinationStream, type Logger, pino } from 'pino'
import { currentLogIds } from './jobs/log-ids.js'

/** A log of structured lines, on stdout by default. Each line has the ids of the job or activity it belongs to. */
export function createLog(
  name: 'api' | 'worker' | 'migrate',
  level: string,
  destination: DestinationStream = pino.destination(1),
): Logger {
  const timestamp = pino.stdTimeFunctions.isoTime
  return pino({ name, level, timestamp, mixin: () => ({ ...currentLogIds() }) }, destination)
}
