/** The last section of bench/README.md. */
export const WHAT_IS_WHAT = `## What each row is

**Material.** The input is scaled to 1080p once, at a whole number of frames a second, with key frames every two
seconds. The clip of ten minutes has 720p and is made of copies of a piece that is coded once. Clips are kept in
\`data/bench/clips\`. The platform gets a new copy for every run, so that it uses no earlier render.

**Platform.** The real platform, as \`npm start\` runs it, on a data folder and ports of its own, over HTTP. Wall time
runs from the \`POST\` to the job's \`finished_at\`. The job is polled once a second: polls that are frequent enough to
see its end would take time from the encoders. CPU and memory are those of all its processes: API, worker, ffmpeg,
Temporal, PostgreSQL. Memory is the sum of resident sizes, sampled five times a second; what processes share counts for
each. During the rows by hand the platform is idle and uses less than a hundredth of a core.

**Composite edit.** 30 s of the clip (5–35 s), a Hindi title for the first 5 s, a watermark throughout, in 1080p, 720p
and 480p.

- *The best single ffmpeg command*: one decode, one filter graph, three encodes with the platform's encoder settings,
  threads by ffmpeg's own choice on all cores. The text is a picture, drawn before the clock starts and no larger than it
  has to be, which is laid over only while it is shown.
- *Three processes*: the same, with one process for each quality.
- *The original plan's way*: a file for each step, libx264 \`medium\` at CRF 23 each: cut, text, watermark, then 1080p,
  720p and 480p from the last of them, one after another.
- *PeerTube's way*: as its \`develop\` branch does it when its studio has edited a video
  (\`server/core/lib/job-queue/handlers/video-studio-edition.ts\` and \`packages/ffmpeg/src/ffmpeg-edition.ts\`: each task
  re-encodes the whole file; \`server/core/lib/transcoding/web-transcoding.ts\`: then the file is repackaged at its own
  size, and each smaller resolution is encoded by a job). Its studio has no text, so the title is a task like its
  watermark. PeerTube's own preset is \`veryfast\`, which is faster and needs more bits; here it has the platform's
  settings, since the comparison is of ways to work, not of presets.

**Ten minutes.** The trim keeps 0:31–9:31, which begins and ends in the middle of a group of pictures; the text is shown
from 5:01 to 5:11. The full re-encode is one ffmpeg process on all cores that decodes and encodes the nine minutes, with
the settings of the platform's mode \`exact\`. The overlay is compared with it, too, although it would take a re-encode
of ten minutes with a text laid over: the true ratio is higher.

**1 s job.** A clip of one second at one quality, and the very arguments of its passes run without the platform, in
turns. The result is the median of the differences.

**Preview.** One picture of the composite edit in its largest quality, from the \`POST\` until its last byte has arrived. Each
is of another moment, at even distances.

**Four qualities of 2160p.** 11 s with a text throughout, for the memory that they take. More slots take more memory.

**2 GB.** A clip with a box of random bytes behind it, sent as a form over HTTP until the answer comes, and downloaded to
a file. The copies beside them, the upload and the download all end when the bytes are on the disk. The client runs on
the same machine.

**Requests.** autocannon in a process of its own on the same machine. Status: while two encodes run. Submissions: small
edits. The first of them are rendered meanwhile, the rest are cancelled afterwards.

**Scaling.** One job on a clip of an hour. Temporal, workflow, planning, probing, rows, heartbeats and progress are the
real ones, but instead of encoding, each pass sleeps by its share of the work: all passes together sleep for the ideal
time times the number of slots, so that each step is a job that much larger. Joining takes no time. Efficiency is the
ideal time divided by the actual time.`
