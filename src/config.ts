import { cpus } from 'node:os'
import { resolve } from 'node:path'
import { limitOf, splitList } from './config-values.js'
import { type Environment, readEnvironment } from './environment.js'

/** Settings of a process, read once from the environment. Functions receive the group they need. */
export interface Config {
  readonly http: HttpConfig
  readonly access: AccessConfig
  readonly database: { readonly url: string | null }
  readonly temporal: TemporalConfig
  readonly storage: { readonly dir: string; readonly minFreeBytes: number }
  /** Jobs that have not ended; more are refused. */
  readonly maxQueuedJobs: number
  readonly quotas: QuotaConfig
  readonly media: MediaConfig
  readonly retention: RetentionConfig
  readonly outbound: OutboundConfig
  readonly platform: PlatformConfig
  readonly log: { readonly level: string }
}

export interface HttpConfig {
  readonly host: string
  /** 0: the system chooses a free port. */
  readonly port: number
  /** The port was set by hand, so no other port may be used instead. */
  readonly portIsFixed: boolean
  readonly maxUploadBytes: number
  /** Origins whose pages may read the answers in a browser: `https://app.example`. */
  readonly corsOrigins: readonly string[]
  /** Addresses and networks of proxies whose `X-Forwarded-For` is believed. */
  readonly trustedProxies: readonly string[]
  /** Requests per minute of one key, and of one address without a key. */
  readonly rates: RateConfig
  /** Connections that may be open at once; more are refused. */
  readonly maxConnections: number
  /** How long a connection stays open between two requests. */
  readonly keepAliveSec: number
}

/** Each is counted for itself; null: no limit. */
export interface RateConfig {
  /** Requests that submit jobs, also on trial. */
  readonly submits: number | null
  readonly uploads: number | null
  /** Requests that have pictures made. */
  readonly previews: number | null
  /** All others. */
  readonly requests: number | null
}

/** What one owner may have or do at most: see Quotas in src/jobs/quotas. null: no limit. */
export interface QuotaConfig {
  readonly queuedJobs: number | null
  readonly runningPasses: number | null
  readonly storedBytes: number | null
  readonly sentBytesPerDay: number | null
  readonly eventStreams: number | null
  readonly openUploads: number | null
}

export interface AccessConfig {
  /** `none`: everyone who reaches the port may do everything, so only this machine may reach it. */
  readonly auth: 'none' | 'keys'
  /** null: the secret in the data folder is used. */
  readonly linkSecret: string | null
  /** Longest life of a signed link in seconds. */
  readonly linkTtlSec: number
}

export interface TemporalConfig {
  readonly address: string | null
  readonly namespace: string
  readonly uiUrl: string | null
}

export interface MediaConfig {
  readonly ffmpegPath: string | null
  readonly ffprobePath: string | null
  readonly fontsDir: string
  /** Number of ffmpeg processes at once. */
  readonly slots: number
  /** Threads of each ffmpeg process, so that all of them together use the whole machine. */
  readonly threadsPerSlot: number
  /** Seconds without progress after which ffmpeg counts as hung. */
  readonly stallTimeoutSec: number
  /** How long a step of a job waits for what is unavailable. */
  readonly maxWaitHours: number
}

/** See Retention in src/jobs/housekeeping. */
export interface RetentionConfig {
  readonly incomingMaxAgeHours: number
  readonly failedPartsMaxAgeHours: number
  readonly outputDays: number | null
}

/** Requests of the server to addresses that users name. */
export interface OutboundConfig {
  /** Addresses and networks that may be called although they are not public. */
  readonly allow: readonly string[]
}

/** Servers that `npm start` runs besides the API, and whether it runs a worker. */
export interface PlatformConfig {
  readonly dataDir: string
  readonly temporalBinary: string | null
  readonly temporalPort: PortChoice
  readonly temporalUiPort: PortChoice
  readonly postgresPort: PortChoice
  readonly runWorker: boolean
}

export interface PortChoice {
  readonly port: number
  readonly isFixed: boolean
}

/** Reads the environment. @throws Error that lists every setting that is wrong */
export function loadConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const value = readEnvironment(env)
  const isSet = (name: keyof Environment) => Boolean(env[name]) && value[name] !== 0
  return {
    http: httpConfig(value, isSet('PORT')),
    access: {
      auth: value.AUTH,
      linkSecret: value.LINK_SECRET ?? null,
      linkTtlSec: value.LINK_TTL_SEC,
    },
    database: { url: value.DATABASE_URL ?? null },
    temporal: {
      address: value.TEMPORAL_ADDRESS ?? null,
      namespace: value.TEMPORAL_NAMESPACE,
      uiUrl: value.TEMPORAL_UI_URL ?? null,
    },
    storage: { dir: resolve(value.DATA_DIR, 'media'), minFreeBytes: value.MIN_FREE_DISK_BYTES },
    maxQueuedJobs: value.MAX_QUEUED_JOBS,
    quotas: quotaConfig(value),
    media: {
      ffmpegPath: value.FFMPEG_PATH ?? null,
      ffprobePath: value.FFPROBE_PATH ?? null,
      fontsDir: resolve(value.FONTS_DIR),
      slots: value.MEDIA_SLOTS,
      threadsPerSlot: Math.max(1, Math.floor(cpus().length / value.MEDIA_SLOTS)),
      stallTimeoutSec: value.STALL_TIMEOUT_SEC,
      maxWaitHours: value.MAX_WAIT_HOURS,
    },
    retention: {
      incomingMaxAgeHours: value.INCOMING_MAX_AGE_HOURS,
      failedPartsMaxAgeHours: value.FAILED_PARTS_MAX_AGE_HOURS,
      outputDays: value.OUTPUT_RETENTION_DAYS || null,
    },
    outbound: { allow: splitList(value.OUTBOUND_ALLOW) },
    platform: {
      dataDir: resolve(value.DATA_DIR),
      temporalBinary: value.TEMPORAL_PATH ?? null,
      temporalPort: { port: value.TEMPORAL_PORT, isFixed: isSet('TEMPORAL_PORT') },
      temporalUiPort: { port: value.TEMPORAL_UI_PORT, isFixed: isSet('TEMPORAL_UI_PORT') },
      postgresPort: { port: value.POSTGRES_PORT, isFixed: isSet('POSTGRES_PORT') },
      runWorker: !value.NO_WORKER,
    },
    log: { level: value.LOG_LEVEL },
  }
}

function httpConfig(value: Environment, portIsFixed: boolean): HttpConfig {
  return {
    host: value.HOST,
    port: value.PORT,
    portIsFixed,
    maxUploadBytes: value.MAX_UPLOAD_BYTES,
    corsOrigins: splitList(value.CORS_ORIGINS),
    trustedProxies: splitList(value.TRUSTED_PROXIES),
    rates: rateConfig(value),
    maxConnections: value.MAX_CONNECTIONS,
    keepAliveSec: value.KEEP_ALIVE_SEC,
  }
}

/** A hundred requests per second are more than players with many short segments make. */
const DEFAULT_RATES = { requests: 6000, submits: 600, uploads: 300, previews: 600 }

/** Who sets a lower limit of all requests means the others, too. */
function rateConfig(value: Environment): RateConfig {
  const { AUTH: auth } = value
  const requests = limitOf(value.RATE_LIMIT_PER_MINUTE, auth, DEFAULT_RATES.requests)
  const among = (given: number | undefined, usual: number) =>
    requests === null ? limitOf(given, auth, 0) : limitOf(given, 'keys', Math.min(usual, requests))
  return {
    requests,
    submits: among(value.SUBMITS_PER_MINUTE, DEFAULT_RATES.submits),
    uploads: among(value.UPLOADS_PER_MINUTE, DEFAULT_RATES.uploads),
    previews: among(value.PREVIEWS_PER_MINUTE, DEFAULT_RATES.previews),
  }
}

function quotaConfig(value: Environment): QuotaConfig {
  return {
    queuedJobs: limitOf(value.OWNER_MAX_QUEUED_JOBS, value.AUTH, 1000),
    runningPasses: value.OWNER_MAX_RUNNING_PASSES || null,
    storedBytes: value.OWNER_MAX_STORED_BYTES || null,
    sentBytesPerDay: value.OWNER_MAX_SENT_BYTES_PER_DAY || null,
    eventStreams: limitOf(value.OWNER_MAX_EVENT_STREAMS, value.AUTH, 200),
    openUploads: value.OWNER_MAX_UPLOADS || null,
  }
}

/**
 * Refuses to open the API to the network while it asks for no key.
 * @throws Error that says what to set
 */
export function checkExposure({ http: { host }, access: { auth } }: Pick<Config, 'http' | 'access'>): void {
  if (auth === 'keys' || isLoopback(host)) return
  throw new Error(
    `HOST=${host} opens the API to the network, but with AUTH=none it asks for no key. Set AUTH=keys ` +
      '(npm run keys creates keys), or HOST=127.0.0.1.',
  )
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host)
}
