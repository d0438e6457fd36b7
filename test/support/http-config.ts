import type { HttpConfig } from '../../src/config.js'

/** The default settings of the API, on any free port. */
export function httpConfig(change: Partial<HttpConfig> = {}): HttpConfig {
  return {
    host: '127.0.0.1',
    port: 0,
    portIsFixed: false,
    maxUploadBytes: 1000,
    corsOrigins: [],
    trustedProxies: [],
    rates: { submits: null, uploads: null, previews: null, requests: null },
    maxConnections: 1000,
    keepAliveSec: 75,
    ...change,
  }
}
