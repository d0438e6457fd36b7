/** What CORS_ORIGINS says. */
export interface AllowedOrigins {
  /** Whether pages of that origin may use the API; undefined: the request names none. */
  readonly allows: (origin: string | undefined) => boolean
  /** `*`: pages of every origin may. */
  readonly areAll: boolean
  readonly areNone: boolean
}

export function allowedOrigins(list: readonly string[]): AllowedOrigins {
  const origins = new Set(list)
  const areAll = origins.has('*')
  return {
    allows: (origin) => origin !== undefined && (areAll || origins.has(origin)),
    areAll,
    areNone: origins.size === 0,
  }
}
