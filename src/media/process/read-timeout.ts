import { AppError } from '../../errors.js'

/**
 * A signal that ends the reading of a file with `unsupported-media` when it takes longer than that of an honest file.
 * @param signal ends it as well
 */
export function withTimeout(timeoutMs: number, signal?: AbortSignal): AbortSignal {
  const controller = new AbortController()
  const timeout = AbortSignal.timeout(timeoutMs)
  timeout.addEventListener('abort', () =>
    controller.abort(new AppError('unsupported-media', 'The file takes too long to read.')),
  )
  return signal ? AbortSignal.any([signal, controller.signal]) : controller.signal
}
