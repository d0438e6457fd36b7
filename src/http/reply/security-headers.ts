import helmet from 'helmet'

const SELF_ONLY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/** For JSON and everything else that is not a page. */
export const NO_CONTENT_POLICY = SELF_ONLY

export const CONSOLE_POLICY = [
  SELF_ONLY.replace("form-action 'none'", "form-action 'self'"),
  "script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; connect-src 'self'",
].join('; ')

/** Pages that explain error codes have a style and nothing else. */
export const PROBLEM_PAGE_POLICY = [SELF_ONLY, "style-src 'self'; img-src 'self'"].join('; ')

/** The style sheet of Swagger UI has its icons as data URLs. */
export const SWAGGER_POLICY = [
  SELF_ONLY,
  "script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'",
].join('; ')

/**
 * Hashes of the two style elements that Redoc 2.5 creates: one that is empty until it is filled through the CSSOM,
 * and the style sheet of its scroll bar.
 */
const REDOC_STYLES = [
  "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='",
  "'sha256-QMIg+bpjm3JdElJ388KYke01izlUW0UoNOeKjpMxdgc='",
].join(' ')

/** Redoc searches in a worker, which it creates from a blob of its own code. */
export const REDOC_POLICY = [
  SELF_ONLY,
  `script-src 'self'; style-src 'self' ${REDOC_STYLES}; img-src 'self' data:; connect-src 'self'`,
  'worker-src blob:',
].join('; ')

export function securityHeaders(): ReturnType<typeof helmet> {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'none'"],
        'base-uri': ["'none'"],
        'form-action': ["'none'"],
        'frame-ancestors': ["'none'"],
      },
    },
    // If there is TLS, it ends at a proxy, so only the proxy can promise it.
    strictTransportSecurity: false,
  })
}
