import { cpus } from 'node:os'
import { resolve } from 'node:path'
import Joi from 'joi'
import { networkList, originList, ratePerMinute, splitList } from './config-values.js'

/** Settings of a process, read once from the environment. Functions receive the group they need. */
export interface Config {
  readonly http: HttpConfig
  readonly access: AccessConfig
  readonly database: { readonly url: string | null }
  readonly temporal: TemporalConfig
  readonly storage: { readonly dir: string; readonly minFreeBytes: number }
  /** Jobs that have not ended; more are refused. */
  readonly maxQueuedJobs: number
  readonly media: MediaConfig
  readonly retention: RetentionConfig
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
  /** Requests per minute of one key, and of one address without a key. null: no limit. */
  readonly ratePerMinute: number | null
  /** Connections that may be open at once; more are refused. */
  readonly maxConnections: number
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
}

/** See Retention in src/jobs/housekeeping. */
export interface RetentionConfig {
  readonly incomingMaxAgeHours: number
  readonly failedPartsMaxAgeHours: number
  readonly outputDays: number | null
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

interface Environment {
  HOST: string
  PORT: number
  AUTH: AccessConfig['auth']
  CORS_ORIGINS: string
  TRUSTED_PROXIES: string
  RATE_LIMIT_PER_MINUTE?: number
  MAX_CONNECTIONS: number
  LINK_SECRET?: string
  LINK_TTL_SEC: number
  DATA_DIR: string
  DATABASE_URL?: string
  TEMPORAL_ADDRESS?: string
  TEMPORAL_NAMESPACE: string
  TEMPORAL_UI_URL?: string
  TEMPORAL_PATH?: string
  TEMPORAL_PORT: number
  TEMPORAL_UI_PORT: number
  POSTGRES_PORT: number
  FFMPEG_PATH?: string
  FFPROBE_PATH?: string
  FONTS_DIR: string
  MEDIA_SLOTS: number
  MAX_UPLOAD_BYTES: number
  STALL_TIMEOUT_SEC: number
  INCOMING_MAX_AGE_HOURS: number
  FAILED_PARTS_MAX_AGE_HOURS: number
  OUTPUT_RETENTION_DAYS: number
  MIN_FREE_DISK_BYTES: number
  MAX_QUEUED_JOBS: number
  NO_WORKER: boolean
  LOG_LEVEL: string
}

const port = () => Joi.number().integer().min(0).max(65_535)

const environmentSchema = Joi.object<Environment, true>({
  HOST: Joi.string().default('127.0.0.1'),
  PORT: port().default(8000),
  AUTH: Joi.string().valid('none', 'keys').default('none'),
  CORS_ORIGINS: originList(),
  TRUSTED_PROXIES: networkList(),
  RATE_LIMIT_PER_MINUTE: Joi.number().integer().min(0).max(10_000_000),
  MAX_CONNECTIONS: Joi.number().integer().min(1).max(1_000_000).default(2000),
  LINK_SECRET: Joi.string().min(32),
  LINK_TTL_SEC: Joi.number()
    .integer()
    .min(1)
    .max(30 * 86_400)
    .default(6 * 3600),
  DATA_DIR: Joi.string().default('./data'),
  DATABASE_URL: Joi.string().uri({ scheme: ['postgres', 'postgresql'] }),
  TEMPORAL_ADDRESS: Joi.string(),
  TEMPORAL_NAMESPACE: Joi.string().default('default'),
  TEMPORAL_UI_URL: Joi.string().uri({ scheme: ['http', 'https'] }),
  TEMPORAL_PATH: Joi.string(),
  TEMPORAL_PORT: port().default(7233),
  TEMPORAL_UI_PORT: port().default(8233),
  POSTGRES_PORT: port().default(5433),
  FFMPEG_PATH: Joi.string(),
  FFPROBE_PATH: Joi.string(),
  FONTS_DIR: Joi.string().default('./dist/fonts'),
  MEDIA_SLOTS: Joi.number().integer().min(1).max(256).default(cpus().length),
  MAX_UPLOAD_BYTES: Joi.number()
    .integer()
    .min(1)
    .default(500 * 1024 * 1024),
  STALL_TIMEOUT_SEC: Joi.number().min(1).max(86_400).default(60),
  INCOMING_MAX_AGE_HOURS: Joi.number().min(1).max(8760).default(24),
  FAILED_PARTS_MAX_AGE_HOURS: Joi.number().min(1).max(87_600).default(168),
  OUTPUT_RETENTION_DAYS: Joi.number().min(0).max(36_500).default(0),
  MIN_FREE_DISK_BYTES: Joi.number()
    .integer()
    .min(0)
    .default(2 * 1024 ** 3),
  MAX_QUEUED_JOBS: Joi.number().integer().min(1).max(10_000_000).default(10_000),
  NO_WORKER: Joi.boolean().truthy('1').falsy('0').default(false),
  LOG_LEVEL: Joi.string().valid('trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent').default('info'),
})

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
    media: {
      ffmpegPath: value.FFMPEG_PATH ?? null,
      ffprobePath: value.FFPROBE_PATH ?? null,
      fontsDir: resolve(value.FONTS_DIR),
      slots: value.MEDIA_SLOTS,
      threadsPerSlot: Math.max(1, Math.floor(cpus().length / value.MEDIA_SLOTS)),
      stallTimeoutSec: value.STALL_TIMEOUT_SEC,
    },
    retention: {
      incomingMaxAgeHours: value.INCOMING_MAX_AGE_HOURS,
      failedPartsMaxAgeHours: value.FAILED_PARTS_MAX_AGE_HOURS,
      outputDays: value.OUTPUT_RETENTION_DAYS || null,
    },
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
    ratePerMinute: ratePerMinute(value.RATE_LIMIT_PER_MINUTE, value.AUTH),
    maxConnections: value.MAX_CONNECTIONS,
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

function readEnvironment(env: NodeJS.ProcessEnv): Environment {
  const options = { abortEarly: false, stripUnknown: true }
  const result: Joi.ValidationResult<Environment> = environmentSchema.validate(withoutEmpty(env), options)
  if (!result.error) return result.value
  throw new Error(`Configuration: ${result.error.details.map(({ message }) => message).join('; ')}`)
}

/** An empty variable (`PORT=`) counts as unset, as in an .env file with empty lines. */
function withoutEmpty(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
}
