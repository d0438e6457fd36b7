import type { Explanation } from './explanation.js'

/** Requests of resumable uploads that are refused. */
export const REFUSED_UPLOADS = {
  'upload-not-found': {
    cause: 'There is no such upload: it was ended by its client, or the URL is not complete.',
    example: 'A `PATCH` after a `DELETE` of the same upload.',
    remedy: 'Make a new upload with `POST /api/v1/uploads`.',
  },
  'upload-expired': {
    cause: 'Nothing has arrived for so long that the upload was removed.',
    example: 'A browser goes on with an upload of last week.',
    remedy: 'Make a new upload. `Upload-Expires` of each answer says how long it is kept.',
  },
  'upload-incomplete': {
    cause: 'An upload that others are to be joined with, or read from, has not arrived completely.',
    example: '`Upload-Concat: final` names a part of which 3 of 5 MB have arrived.',
    remedy: 'Send the rest of each part first. `HEAD` of its URL says how much has arrived.',
  },
  'upload-locked': {
    cause: 'Another request is sending to the same upload.',
    example: 'A client comes again while the server still holds its broken connection.',
    remedy: 'Ask `HEAD` again after the time of `Retry-After`, and go on at its `Upload-Offset`.',
  },
  'upload-offset-wrong': {
    cause: 'The upload continues at another place than `Upload-Offset` of the request says.',
    example: 'A client counts bytes that never arrived.',
    remedy: 'Ask `HEAD` for the `Upload-Offset`, and send from there.',
  },
  'upload-finished': {
    cause: 'The upload has become a video, or it is one that was joined from parts.',
    example: 'A second `PATCH` after the last byte.',
    remedy: 'Follow the job of `X-Job-Id`.',
  },
  'checksum-mismatch': {
    cause: 'The bytes that arrived do not have the checksum of `Upload-Checksum`. They were not kept.',
    example: 'A proxy has changed the body.',
    remedy: 'Send the same bytes again, from the `Upload-Offset` that `HEAD` tells.',
  },
  'tus-unsupported': {
    cause: 'The request has another version of the tus protocol than the server speaks.',
    example: '`Tus-Resumable: 0.2.2`.',
    remedy: 'Use a client that speaks tus 1.0.0.',
  },
} as const satisfies Record<string, Explanation>
