import { initialSchema } from './0001-initial-schema.js'
import { packagePasses } from './0002-package-passes.js'
import { otherVideos } from './0003-other-videos.js'
import { audioPasses } from './0004-audio-passes.js'
import { measuringPasses } from './0005-measuring-passes.js'
import { overlayPlacement } from './0006-overlay-placement.js'
import { parts } from './0007-parts.js'
import { fingerprints } from './0008-fingerprints.js'
import { apiKeys } from './0009-api-keys.js'
import { expiredOutputs } from './0010-expired-outputs.js'
import { plannedBy } from './0011-planned-by.js'
import { sweptAt } from './0012-swept-at.js'
import { assetVersions } from './0013-asset-versions.js'
import { traffic } from './0014-traffic.js'
import { events } from './0015-events.js'
import { templates } from './0016-templates.js'
import { eventPlaces } from './0017-event-places.js'
import { resumableUploads } from './0018-resumable-uploads.js'
import type { Migration } from './migration.js'

/** In the order in which they run. A list instead of a folder scan, so that the compiled build needs no paths. */
export const MIGRATIONS: readonly Migration[] = [
  initialSchema,
  packagePasses,
  otherVideos,
  audioPasses,
  measuringPasses,
  overlayPlacement,
  parts,
  fingerprints,
  apiKeys,
  expiredOutputs,
  plannedBy,
  sweptAt,
  assetVersions,
  traffic,
  events,
  templates,
  eventPlaces,
  resumableUploads,
]
