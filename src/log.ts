import { type DestinationStream, type Logger, pino } from 'pino'
import { currentLogIds } from './jobs/log-ids.js'

/** Structured lines, on stdout unless told otherwise. Each has the ids of what it belongs to. */
export function createLog(
  name: 'api' | 'worker' | 'migrate',
  level: string,
  destination: DestinationStream = pino.destination(1),
): Logger {
  const timestamp = pino.stdTimeFunctions.isoTime
  return pino({ name, level, timestamp, mixin: () => ({ ...currentLogIds() }) }, destination)
}
