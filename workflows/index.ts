/** All workflows of a worker's bundle. The exported names are the stored workflow types. */
export { deliverEvents } from './deliver-events.js'
export { editVideo } from './edit-video.js'
export { housekeeping } from './housekeeping.js'
export { ingestVideo } from './ingest-video.js'
export { sweep } from './sweep.js'
