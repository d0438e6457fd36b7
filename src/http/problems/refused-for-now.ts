import type { Explanation } from './explanation.js'

/** Conflicts, sizes, limits and outages. */
export const REFUSED_FOR_NOW = {
  'too-many-webhooks': {
    cause: 'The owner has as many webhooks as one may have.',
    example: 'A webhook is made for each job.',
    remedy: 'Delete webhooks that are not needed, or have one take more types of events.',
  },
  'too-many-templates': {
    cause: 'The owner has as many templates as one may have.',
    example: 'A template is made for each job.',
    remedy: 'Delete templates that are not needed. Values that differ belong into placeholders.',
  },
  'preview-timed-out': {
    cause: 'The picture was not ready after 30 s, the time in which it waited for its turn included.',
    example: 'A late moment of a long MPEG-TS file, which can only be read from its start.',
    remedy: 'Ask again when the server has less to do, or for an earlier moment.',
  },
  'events-forgotten': {
    cause: 'The place to go on from is older than what is kept, or of another database.',
    example: 'A program was stopped for a week and asks for all since its last `end_cursor`.',
    remedy: 'Look at `GET /api/v1/jobs` for what was missed, and begin without a cursor.',
  },
  'webhook-disabled': {
    cause: 'The webhook was disabled by its owner, or because nothing could be delivered.',
    example: 'A ping to an endpoint that has answered 410.',
    remedy: '`PATCH /api/v1/webhooks/{id}` with `{"enabled": true}`, once the endpoint works.',
  },
  'idempotency-key-reused': {
    cause: 'The `Idempotency-Key` belongs to an earlier request with another body or another route.',
    example: 'A client takes the number of the order for the key of two different edits.',
    remedy: 'Use a new key for each new request, and the same key only to repeat one.',
  },
  'upload-too-large': {
    cause: 'The file is larger than the server takes.',
    example: 'A film of 2 GB, and `MAX_UPLOAD_BYTES` is 500 MB.',
    remedy: 'Upload a smaller file, or have the operator raise `MAX_UPLOAD_BYTES`.',
  },
  'body-too-large': {
    cause: 'The JSON body is larger than 1 MiB.',
    example: 'A picture is sent as text within an edit.',
    remedy: 'Upload files as assets, and refer to them by name.',
  },
  'request-timeout': {
    cause: 'The headers or the body came too slowly.',
    example: 'A client opens a request and sends its body minutes later.',
    remedy: 'Try again. Send the body at once.',
  },
  'precondition-failed': {
    cause: 'The file is not the version that `If-Match` or `If-Unmodified-Since` asks for.',
    example: 'A download goes on after the asset was replaced.',
    remedy: 'Begin the download anew.',
  },
  'range-not-satisfiable': {
    cause: 'The range begins after the end of the file.',
    example: '`Range: bytes=5000-` of a file of 4000 bytes.',
    remedy: '`Content-Range` of the answer has the size of the file.',
  },
  'upload-aborted': {
    cause: 'The connection was closed before all bytes had arrived.',
    example: 'The network of a phone changes during an upload.',
    remedy: 'Upload the file again. Nothing of it was kept.',
  },
  'rate-limited': {
    cause: 'More requests came within a minute than the key or the address may make.',
    example: 'A job is polled a hundred times a second.',
    remedy: 'Wait as long as `Retry-After` says. Events and webhooks make polling needless.',
  },
  'queue-full': {
    cause: 'You, or all owners together, have as many unfinished jobs as are taken.',
    example: 'A thousand edits are posted at once.',
    remedy: 'Wait for jobs to end, and try again after the time in `Retry-After`.',
  },
  'too-many-uploads': {
    cause: 'As many uploads of yours are arriving at once as are taken.',
    example: 'A client uploads a hundred files in parallel.',
    remedy: 'Upload fewer files at once; try again after the time in `Retry-After`.',
  },
  'too-many-streams': {
    cause: 'As many event streams of yours are open as are taken.',
    example: 'A page follows every job of a list.',
    remedy: 'Close streams that nobody looks at, or use webhooks.',
  },
  'traffic-quota-exceeded': {
    cause: 'You have been sent as many bytes today as the operator allows.',
    example: 'Films are served to the public by `file_url`.',
    remedy:
      'Wait until the day of UTC ends (`day_ends_at` in `GET /api/v1/usage`), or copy files to a server of yours.',
  },
  'storage-quota-exceeded': {
    cause:
      'Your videos, assets and outputs take up as many bytes as the operator allows, or would with this.',
    example: 'An upload of 2 GB, with 1 GB left.',
    remedy: 'Delete videos and jobs that are not needed. `GET /api/v1/usage` shows what is used.',
  },
  'disk-full': {
    cause: 'The disk of the server has too little free space for the file or the edit.',
    example: 'Many long films are rendered at once.',
    remedy: 'Try again later. The operator can free space, or lower `MIN_FREE_DISK_BYTES`.',
  },
  'out-of-resources': {
    cause: 'The server has run out of file descriptors, processes or memory for a moment.',
    example: 'Very many connections at once.',
    remedy: 'Try again after the time in `Retry-After`.',
  },
  'storage-unavailable': {
    cause: 'The server cannot read or write its files.',
    example: 'The network drive with the media is away.',
    remedy: 'Try again after the time in `Retry-After`. `/health` tells the operator more.',
  },
  'db-unavailable': {
    cause: 'The server cannot reach PostgreSQL.',
    example: 'The database is being restarted.',
    remedy: 'Try again after the time in `Retry-After`, with the same `Idempotency-Key`.',
  },
  'orchestrator-unavailable': {
    cause: 'The server cannot reach Temporal, without which no job can begin or be cancelled.',
    example: 'Temporal is being restarted.',
    remedy: 'Try again after the time in `Retry-After`, with the same `Idempotency-Key`.',
  },
  internal: {
    cause: 'Something went wrong that nobody has foreseen.',
    example: 'A mistake in Cutroom.',
    remedy:
      'Try again once. If it comes again, report it with `request_id`, by which the operator finds it in the log.',
  },
} as const satisfies Record<string, Explanation>
