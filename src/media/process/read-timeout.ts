import { AppError } from '../../errors.js'

/** Ends the reading of a file that takes longer than an honest one would, with `unsupported-media`. */
export function withTimeout(timeoutMs: number, signal?: AbortSignal): AbortSignal {
  const controller = new AbortController()
  const timeout = AbortSignal.timeout(timeoutMs)
  timeout.addEventListener('abort', () =>
    controller.abort(new AppError('unsupported-media', 'The file takes too long to read.')),
  )
  return signal ? AbortSignal.any([signal, controller.signal]) : controller.signal
}
