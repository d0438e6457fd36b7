import type { Route } from '../route.js'
import { assetRoutes } from './assets.js'
import { editRoutes } from './edits.js'
import { fileRoutes } from './files.js'
import { jobRoutes } from './jobs.js'
import { outputFileRoutes } from './output-files.js'
import { pageRoutes } from './pages.js'
import { previewRoutes } from './previews.js'
import { problemRoutes } from './problems.js'
import { resumableRoutes } from './resumable.js'
import { eventLinkRoutes } from './streams/event-links.js'
import { eventRoutes } from './streams/events.js'
import { jobEventRoutes } from './streams/job-events.js'
import { systemRoutes } from './system.js'
import { templateRoutes } from './templates.js'
import { uploadRoutes } from './uploads.js'
import { usageRoutes } from './usage.js'
import { videoRoutes } from './videos.js'
import { webhookRoutes } from './webhooks.js'

/** Every route. The router and the API document are both made from this list. */
export const routes: readonly Route[] = [
  ...uploadRoutes,
  ...resumableRoutes,
  ...videoRoutes,
  ...editRoutes,
  ...previewRoutes,
  ...templateRoutes,
  ...jobRoutes,
  ...outputFileRoutes,
  ...jobEventRoutes,
  ...eventRoutes,
  ...eventLinkRoutes,
  ...assetRoutes,
  ...fileRoutes,
  ...webhookRoutes,
  ...usageRoutes,
  ...systemRoutes(() => routes),
  ...problemRoutes,
  ...pageRoutes,
]
