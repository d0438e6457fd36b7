import { pino, type Logger } from 'pino'

/** Structured lines on stdout. */
export function createLog(name: 'api' | 'worker' | 'migrate', level: string): Logger {
  return pino({ name, level, timestamp: pino.stdTimeFunctions.isoTime })
}
