import type { Route } from '../route.js'
import { assetRoutes } from './assets.js'
import { editRoutes } from './edits.js'
import { fileRoutes } from './files.js'
import { jobEventRoutes } from './job-events.js'
import { jobRoutes } from './jobs.js'
import { pageRoutes } from './pages.js'
import { problemRoutes } from './problems.js'
import { systemRoutes } from './system.js'
import { uploadRoutes } from './uploads.js'
import { usageRoutes } from './usage.js'
import { videoRoutes } from './videos.js'
import { webhookRoutes } from './webhooks.js'

/** Every route. The router and the API document are both made from this list. */
export const routes: readonly Route[] = [
  ...uploadRoutes,
  ...videoRoutes,
  ...editRoutes,
  ...jobRoutes,
  ...jobEventRoutes,
  ...assetRoutes,
  ...fileRoutes,
  ...webhookRoutes,
  ...usageRoutes,
  ...systemRoutes(() => routes),
  ...problemRoutes,
  ...pageRoutes,
]
