import type { Explanation } from './explanation.js'

/** Why a file is not taken, and why jobs fail. */
export const FAILED_WORK = {
  'unsupported-media': {
    cause: 'The bytes of the file are none of the kinds that are taken, whatever its name says.',
    example: 'A PDF that is called `film.mp4`.',
    remedy: 'Upload a video, image or sound of a usual kind; docs/inputs.md lists them.',
  },
  'media-over-limits': {
    cause: 'A file that an edit reads is too long, too large in pixels, or has too many tracks.',
    example: 'A film of 13 hours.',
    remedy: 'Cut or shrink the file before you upload it.',
  },
  'source-damaged': {
    cause: 'A file cannot be read to where the edit needs it.',
    example: 'An upload that a browser had cut off.',
    remedy:
      'Play the file in a player, export it again, and upload it again. `damage` of the video says what is missing.',
  },
  'ffmpeg-rejected': {
    cause: 'ffmpeg refuses the work, and would each time.',
    example: 'A codec that the build of ffmpeg cannot encode at this size.',
    remedy: '`error_message` of the job says more. Try other settings, and report it with the id of the job.',
  },
  'ffmpeg-crashed': {
    cause: 'ffmpeg ended in the middle of its work, several times.',
    example: 'The machine ran out of memory.',
    remedy: 'Retry the job: finished renditions are kept. If it comes again, try another version of ffmpeg.',
  },
  'ffmpeg-stalled': {
    cause: 'ffmpeg made no progress for a minute, several times.',
    example: 'A disk that hangs.',
    remedy: 'Retry the job. On a very slow machine the operator can raise `STALL_TIMEOUT_SEC`.',
  },
  'output-invalid': {
    cause: 'A rendered file was measured, and is not what was planned.',
    example: 'A version of ffmpeg leaves out the last frames.',
    remedy: 'Retry the job. If it comes again, report it with the id of the job.',
  },
  'job-stopped': {
    cause: 'An operator has ended the workflow of the job.',
    example: 'A terminate in the Temporal UI.',
    remedy: 'Retry the job, when the operator agrees.',
  },
  'job-timed-out': {
    cause: 'The job, or one of its steps, took longer than the server allows.',
    example: 'A disk stayed full for a day.',
    remedy: 'Retry the job: finished renditions are kept. Ask for less at once, or for a faster `preset`.',
  },
  'worker-lost': {
    cause: 'The worker died at the same step of the job several times.',
    example: 'The machine is out of memory whenever it decodes the file.',
    remedy: 'Retry the job on a machine with more memory, or ask for smaller pictures.',
  },
  'job-lost': {
    cause: 'Temporal knows nothing of the job any more.',
    example: 'Temporal was set up anew, without its data.',
    remedy: 'Retry the job: finished renditions are kept.',
  },
  'storage-unsuitable': {
    cause: 'The file system of the media cannot do what is needed of it.',
    example: '`DATA_DIR` is on FAT, which has no hard links.',
    remedy: 'The operator has to put `DATA_DIR` on another file system.',
  },
} as const satisfies Record<string, Explanation>
