import Joi from 'joi'
import { startUiGuard } from './platform/ui-guard.js'

interface Settings {
  readonly HOST: string
  readonly PORT: number
  readonly UI_HOST: string
  readonly UI_PORT: number
}

const schema = Joi.object<Settings>({
  HOST: Joi.string().default('127.0.0.1'),
  PORT: Joi.number().port().required(),
  UI_HOST: Joi.string().required(),
  UI_PORT: Joi.number().port().required(),
}).unknown()

/**
 * The guard of a Temporal UI that runs elsewhere, as in docker-compose.yml: listens on HOST and PORT and lets people
 * through to UI_HOST and UI_PORT who name this machine. `npm start` has the same guard.
 */
async function main(): Promise<void> {
  const settings: Joi.ValidationResult<Settings> = schema.validate(process.env)
  if (settings.error) throw settings.error
  const { HOST, PORT, UI_HOST, UI_PORT } = settings.value
  const guard = await startUiGuard({ host: HOST, port: PORT }, { host: UI_HOST, port: UI_PORT })
  process.send?.({ type: 'ready' })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void guard.close().then(() => process.exit(0)))
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
})
