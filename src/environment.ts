import { cpus } from 'node:os'
import Joi from 'joi'
import { networkList, originList } from './config-values.js'

/** Every setting, by the name of its variable, with its default in place. */
export interface Environment {
  HOST: string
  PORT: number
  AUTH: 'none' | 'keys'
  CORS_ORIGINS: string
  TRUSTED_PROXIES: string
  RATE_LIMIT_PER_MINUTE?: number
  SUBMITS_PER_MINUTE?: number
  UPLOADS_PER_MINUTE?: number
  PREVIEWS_PER_MINUTE?: number
  OWNER_MAX_QUEUED_JOBS?: number
  OWNER_MAX_RUNNING_PASSES: number
  OWNER_MAX_STORED_BYTES: number
  OWNER_MAX_SENT_BYTES_PER_DAY: number
  OWNER_MAX_EVENT_STREAMS?: number
  OWNER_MAX_UPLOADS: number
  MAX_CONNECTIONS: number
  KEEP_ALIVE_SEC: number
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
  MAX_WAIT_HOURS: number
  INCOMING_MAX_AGE_HOURS: number
  FAILED_PARTS_MAX_AGE_HOURS: number
  OUTPUT_RETENTION_DAYS: number
  MIN_FREE_DISK_BYTES: number
  MAX_QUEUED_JOBS: number
  OUTBOUND_ALLOW: string
  NO_WORKER: boolean
  LOG_LEVEL: string
}

/** 0: no limit. */
const limit = (max = Number.MAX_SAFE_INTEGER) => Joi.number().integer().min(0).max(max)

const port = () => Joi.number().integer().min(0).max(65_535)

const environmentSchema = Joi.object<Environment, true>({
  HOST: Joi.string().default('127.0.0.1'),
  PORT: port().default(8000),
  AUTH: Joi.string().valid('none', 'keys').default('none'),
  CORS_ORIGINS: originList(),
  TRUSTED_PROXIES: networkList(),
  RATE_LIMIT_PER_MINUTE: limit(10_000_000),
  SUBMITS_PER_MINUTE: limit(10_000_000),
  UPLOADS_PER_MINUTE: limit(10_000_000),
  PREVIEWS_PER_MINUTE: limit(10_000_000),
  OWNER_MAX_QUEUED_JOBS: limit(10_000_000),
  OWNER_MAX_RUNNING_PASSES: limit(1_000_000).default(0),
  OWNER_MAX_STORED_BYTES: limit().default(0),
  OWNER_MAX_SENT_BYTES_PER_DAY: limit().default(0),
  OWNER_MAX_EVENT_STREAMS: limit(1_000_000),
  OWNER_MAX_UPLOADS: limit(1_000_000).default(32),
  MAX_CONNECTIONS: Joi.number().integer().min(1).max(1_000_000).default(2000),
  KEEP_ALIVE_SEC: Joi.number().integer().min(1).max(110).default(75),
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
  MAX_WAIT_HOURS: Joi.number().min(0).max(160).default(24),
  INCOMING_MAX_AGE_HOURS: Joi.number().min(1).max(8760).default(24),
  FAILED_PARTS_MAX_AGE_HOURS: Joi.number().min(1).max(87_600).default(168),
  OUTPUT_RETENTION_DAYS: Joi.number().min(0).max(36_500).default(0),
  MIN_FREE_DISK_BYTES: Joi.number()
    .integer()
    .min(0)
    .default(2 * 1024 ** 3),
  MAX_QUEUED_JOBS: Joi.number().integer().min(1).max(10_000_000).default(10_000),
  OUTBOUND_ALLOW: networkList(),
  NO_WORKER: Joi.boolean().truthy('1').falsy('0').default(false),
  LOG_LEVEL: Joi.string().valid('trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent').default('info'),
})

/** Checks the variables. @throws Error that lists every one that is wrong */
export function readEnvironment(env: NodeJS.ProcessEnv): Environment {
  const options = { abortEarly: false, stripUnknown: true }
  const result: Joi.ValidationResult<Environment> = environmentSchema.validate(withoutEmpty(env), options)
  if (!result.error) return result.value
  throw new Error(`Configuration: ${result.error.details.map(({ message }) => message).join('; ')}`)
}

/** An empty variable (`PORT=`) counts as unset, as in an .env file with empty lines. */
function withoutEmpty(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
}
