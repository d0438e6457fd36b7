import helmet from 'helmet'

const SELF_ONLY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/** For JSON and everything else that is no page. */
export const NO_CONTENT_POLICY = SELF_ONLY

export const CONSOLE_POLICY = [
  SELF_ONLY.replace("form-action 'none'", "form-action 'self'"),
  "script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; connect-src 'self'",
].join('; ')

/** Swagger UI's style sheet carries its icons as data URLs. */
export const SWAGGER_POLICY = [
  SELF_ONLY,
  "script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'",
].join('; ')

/** The hash of nothing: Redoc makes an empty style element and fills it through the CSSOM. */
const EMPTY_STYLE = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"

/** Redoc searches in a worker that it builds from its own text. */
export const REDOC_POLICY = [
  SELF_ONLY,
  `script-src 'self'; style-src 'self' ${EMPTY_STYLE}; img-src 'self' data:; connect-src 'self'`,
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
    // TLS, where there is any, ends at a proxy: that is who can promise it.
    strictTransportSecurity: false,
  })
}
