import type { Explanation } from './explanation.js'

/** What a request may lack, and what the server refuses for now. */
export const REFUSED_REQUESTS = {
  'request-invalid': {
    cause: 'A field of the path, the query, a header or the body is missing, unknown or out of its range.',
    example: '`{"video_id": "…", "start_time": 5, "end_time": 3}`: the end is before the start.',
    remedy: 'Read `errors`: it names every wrong field by JSON pointer and says what is allowed.',
  },
  'request-too-costly': {
    cause: 'Checking or planning the request took longer than the server spends on one.',
    example: 'Hundreds of operations, each with long texts and many overlapping parts.',
    remedy: 'Divide the edit into several jobs, or use fewer operations.',
  },
  'edit-unrenderable': {
    cause: 'The edit is well formed, but its video or its assets do not allow it.',
    example: 'A trim that begins after the end of the video, or `replace_audio` with an image.',
    remedy: 'Read `errors` for the operation, and compare it with the video’s length, size and tracks.',
  },
  'ffmpeg-lacks-part': {
    cause: 'The ffmpeg of this server was built without something that the edit needs.',
    example: 'AV1 is asked for, and ffmpeg has no encoder of AV1.',
    remedy:
      'Ask for another codec, or have the operator install a complete ffmpeg. `/health` lists what is missing.',
  },
  unauthenticated: {
    cause: 'The request has no API key, or one that is unknown or was revoked.',
    example: 'The header `Authorization` is missing.',
    remedy: 'Send `Authorization: Bearer cut_…`. The operator makes keys with `npm run keys`.',
  },
  'forbidden-scope': {
    cause: 'The API key is valid, but it was not made for this kind of request.',
    example: 'A key with the scope `read` posts an edit.',
    remedy: 'Use a key with the scope that the document names for the route.',
  },
  'other-site': {
    cause: 'Without API keys, only this machine is served, and pages of other sites may change nothing.',
    example: 'A page at `https://example.org` posts to `http://localhost:8000`.',
    remedy: 'Run the server with `AUTH=keys`, or list the site in `CORS_ORIGINS`.',
  },
  'link-expired': {
    cause: 'The signed link to a file has reached the end of its life.',
    example: 'A `download_url` is opened on the next day.',
    remedy: 'Get the job, the video or the asset again: the answer has a new link.',
  },
  'link-invalid': {
    cause: 'The link was changed, was signed by another server, or leads to something that is no file.',
    example: 'The path of a signed link is replaced by that of another file.',
    remedy: 'Use links as the API gives them.',
  },
  'url-not-allowed': {
    cause: 'The URL is not HTTP or HTTPS, has a password in it, or leads to an address that is not public.',
    example: '`"url": "http://127.0.0.1/hook"`.',
    remedy: 'Give a public address, or have the operator list it in `OUTBOUND_ALLOW`.',
  },
  'unsupported-content-type': {
    cause: 'The body is of another type than the route reads.',
    example: 'An edit is posted as a form.',
    remedy: 'Send `application/json` in UTF-8, or `multipart/form-data` for files, and do not compress it.',
  },
  'route-not-found': {
    cause: 'No route has this path.',
    example: '`GET /api/v1/video` in place of `/api/v1/videos`.',
    remedy: 'Look up the path in `/docs` or `/openapi.json`.',
  },
  'video-not-found': {
    cause: 'The id belongs to no video of yours: it is misspelt, was deleted, or is another owner’s.',
    example: 'An edit names a video that was deleted.',
    remedy: '`GET /api/v1/videos` lists your videos. Upload the file again if it is gone.',
  },
  'job-not-found': {
    cause: 'The id belongs to no job of yours: it is misspelt, was deleted, or is another owner’s.',
    example: 'The id of a video stands in the path of a job.',
    remedy: '`GET /api/v1/jobs` lists your jobs.',
  },
  'asset-not-found': {
    cause: 'There is no asset of that name.',
    example: 'A watermark names `Logo.png`, and the asset is `logo.png`.',
    remedy:
      'Upload it with `POST /api/v1/assets`. `GET /api/v1/assets` lists the names, in which case counts.',
  },
  'template-not-found': {
    cause: 'The id belongs to no template of yours, or the template has no such version.',
    example: '`version: 7` of a template that was changed five times.',
    remedy: '`GET /api/v1/templates` lists your templates. Of each, the last 20 versions are kept.',
  },
  'no-picture': {
    cause: 'There is no picture at that moment: the video or the edit has only sound, or has ended before.',
    example: '`POST /edits/preview` of an edit with the container `mp3`.',
    remedy: 'Ask for a moment within the length, and of something that has a picture.',
  },
  'webhook-not-found': {
    cause: 'The id belongs to no webhook of yours.',
    example: 'The webhook was deleted.',
    remedy: '`GET /api/v1/webhooks` lists your webhooks.',
  },
  'delivery-not-found': {
    cause: 'The id belongs to no delivery of yours. Deliveries are kept for four days.',
    example: 'A delivery of last week is to be sent again.',
    remedy: '`GET /api/v1/webhooks/{id}/deliveries` lists those that there are.',
  },
  'output-not-found': {
    cause: 'The job has no output of that name.',
    example: '`?quality=1080p` of a job that made `720p`.',
    remedy: 'The message, and `outputs` of the job, have the names.',
  },
  'output-expired': {
    cause: 'The outputs have reached the age at which the operator has them deleted.',
    example: 'A file is downloaded months after its job.',
    remedy: 'Submit the edit again.',
  },
  'file-not-found': {
    cause: 'No stored file that you may read has this path.',
    example: 'A segment is asked for whose job was deleted.',
    remedy: 'Use `download_url` and `file_url` as the API gives them.',
  },
  'method-not-allowed': {
    cause: 'The path exists, but not with this method.',
    example: '`PUT /api/v1/videos`.',
    remedy: 'The header `Allow` has the methods of the path.',
  },
  'job-not-completed': {
    cause: 'The job has no output yet, or has ended without one.',
    example: 'A download begins right after the edit was posted.',
    remedy: 'Follow the job until it is `completed`; if it has failed, `error_message` says why.',
  },
  'job-finished': {
    cause: 'The job had completed or failed before it could be cancelled.',
    example: 'A cancellation arrives a second after the end.',
    remedy: 'Nothing has to be done. `DELETE /api/v1/jobs/{id}` removes its outputs.',
  },
  'job-not-retryable': {
    cause: 'Only jobs that failed or were cancelled can run again.',
    example: 'A completed job is retried.',
    remedy: 'Wait for the end of a running job. To have a completed edit once more, post it again.',
  },
  'job-not-deletable': {
    cause: 'The job has not ended, or it is the job of an upload.',
    example: 'A running job is deleted.',
    remedy: 'Cancel the job first. The job of an upload goes with its video.',
  },
  'video-not-ready': {
    cause: 'The upload of the video has failed, so that there is nothing to edit.',
    example: 'An edit names a video whose `status` is `failed`.',
    remedy: 'Look at the job of the upload for the reason, and upload the file again.',
  },
  'video-in-use': {
    cause: 'A job that has not ended reads the video.',
    example: 'A video is deleted while it is edited.',
    remedy: 'Wait for the job, or cancel it, and delete the video then.',
  },
  'asset-exists': {
    cause:
      'An asset of that name exists, with other bytes, or the request has no `Idempotency-Key` to repeat one.',
    example: '`logo.png` is uploaded a second time.',
    remedy: 'Delete the asset first, or choose another name. Running jobs keep the old bytes.',
  },
} as const satisfies Record<string, Explanation>
