import { GOAL_HEADINGS, goalCells, ROW_HEADINGS, rowCells } from './cells.mjs'
import { markdownTable } from './table.mjs'

/** bench/README.md: how to run it, what was found, on what, and what each row is. */
export function formatReadme(results) {
  return [
    '# Benchmark',
    '`npm run bench` writes this page and `results.json`. Everything is from one run on one machine: ratios mean ' +
      'something elsewhere, too, seconds do not.',
    HOW_TO_RUN,
    '## Goals',
    markdownTable(GOAL_HEADINGS, goalCells(results.goals)),
    '## Rows',
    markdownTable(ROW_HEADINGS, rowCells(results.rows)),
    RATIO,
    ...detailSections(results.rows),
    '## Checks',
    results.checks.map(checkLine).join('\n'),
    '## Machine',
    machineTable(results),
    WHAT_IS_WHAT,
  ]
    .join('\n\n')
    .concat('\n')
}

const HOW_TO_RUN = `\`\`\`sh
npm run bench                                    # all of it, 30 minutes on 2 cores
npm run bench -- --only composite                # one group, or rows: --only smart-trim,full-reencode
npm run bench -- --quick                         # small and short: does it run?
npm run bench -- --input FILE --repeat 5         # other material, more repetitions
\`\`\`

A fresh clone needs nothing else. Only a whole run writes to this folder; what \`--only\` and \`--quick\` find goes to
\`data/bench/\`. A goal that is missed is a finding, and the exit code is 0; a check that fails makes it 1. Nothing
else should run on the machine meanwhile.`

const RATIO =
  'Wall, CPU and memory are medians of the runs. Ratio: of the composite rows, wall time against the platform’s; of ' +
  'the trims and the overlay, how many times faster than the full re-encode.'

function detailSections(rows) {
  const byId = Object.fromEntries(rows.map((row) => [row.id, row]))
  const { latency, scaling } = byId
  const composite = byId['composite-platform']
  const requests = ['status-requests', 'submissions'].flatMap((id) => byId[id] ?? [])
  return [
    ...(composite
      ? [
          `Of the platform’s ${composite.cpu_s} CPU seconds for the composite edit, ${composite.services_cpu_s} are the ` +
            'services’: API, worker, Temporal and PostgreSQL without ffmpeg.',
        ]
      : []),
    ...(latency ? [`Latency: ${latency.wall_s} s, of which ffmpeg alone takes ${latency.ffmpeg_s} s.`] : []),
    ...(requests.length > 0 ? [requestTable(requests)] : []),
    ...(scaling ? [scalingTable(scaling)] : []),
  ]
}

function requestTable(rows) {
  return markdownTable(
    ['Requests', 'A second:', 'p50 ms:', 'p99 ms:'],
    rows.map(({ title, requests_per_s: rate, p50_ms: p50, p99_ms: p99 }) => [
      title,
      ...[rate, p50, p99].map(String),
    ]),
  )
}

function scalingTable({ steps, ideal_s: ideal }) {
  return markdownTable(
    ['Stand-in slots:', 'Passes:', 'Ideal s:', 'Actual s:', 'Efficiency:'],
    steps.map(({ slots, passes, actual_s: actual, efficiency }) => [
      ...[slots, passes, ideal].map(String),
      actual.toFixed(2),
      efficiency.toFixed(3),
    ]),
  )
}

function checkLine({ name, ok, detail }) {
  const mark = ok === null ? 'not applicable' : ok ? 'ok' : '**failed**'
  return `- ${mark}: ${name}${detail ? ` (${detail})` : ''}`
}

function machineTable({ machine, material, made_at: madeAt, commit, has_changes: hasChanges }) {
  const rows = [
    ['CPU', `${machine.cpu}, ${machine.cores} cores`],
    ['Memory', `${machine.memory_gib} GiB`],
    ['System', machine.os],
    ['Node.js', machine.node],
    ['ffmpeg', `${machine.ffmpeg}, ${machine.ffmpeg_configuration.join(' ')}`],
    ['libx264', machine.x264],
    ['Material', material],
    ['Commit', `${commit ?? 'unknown'}${hasChanges ? ', with changes' : ''}`],
    ['Date', madeAt],
  ]
  return markdownTable(['', ''], rows)
}

const WHAT_IS_WHAT = `## What each row is

**Material.** The input is scaled to 1080p once, at a whole number of frames a second, with key frames every two
seconds; the clip of ten minutes has 720p and is made of copies of a piece that is coded once. Clips are kept in
\`data/bench/clips\`. Every run of the platform gets a copy of its own, so that nothing rendered before is of use.

**Platform.** The real platform, as \`npm start\` runs it, on a data folder and ports of its own, over HTTP. Wall time
runs from the \`POST\` to \`finished_at\` of the job, which is asked for once a second: polls fast enough to know its end
as well would take time from the encoders. CPU and memory are those of all its processes: API, worker, ffmpeg, Temporal, PostgreSQL. Memory is the sum
of resident sizes, looked at five times a second; what processes share counts for each. It rests beside the rows by
hand, with less than a hundredth of a core.

**Composite edit.** 30 s of the clip (5–35 s), a Hindi title for the first 5 s, a watermark throughout, in 1080p, 720p
and 480p.

- *The best single ffmpeg command*: one decode, one filter graph, three encodes with the platform's encoder settings,
  threads by ffmpeg's own choice on all cores. The text is a picture, drawn before the clock starts and no larger than it
  has to be, which is laid over only while it is shown.
- *Three processes*: the same, one process a quality.
- *The original plan's way*: a file a step, libx264 \`medium\` at CRF 23 each: cut, text, watermark, then 1080p, 720p and
  480p from the last of them, one after another.
- *PeerTube's way*: as its \`develop\` branch does it when its studio has edited a video
  (\`server/core/lib/job-queue/handlers/video-studio-edition.ts\` and \`packages/ffmpeg/src/ffmpeg-edition.ts\`: each task
  re-encodes the whole file; \`server/core/lib/transcoding/web-transcoding.ts\`: then the file is packed anew at its own
  size, and each smaller resolution is encoded by a job). Its studio has no text, so the title is a task like its
  watermark. PeerTube's own preset is \`veryfast\`, which is faster and needs more bits; here it has the platform's
  settings, since ways are compared, not presets.

**Ten minutes.** The trim keeps 0:31–9:31, which begins and ends in the middle of a group of pictures; the text is shown
for 5:01–5:11. The full re-encode is one ffmpeg process on all cores that decodes and encodes the nine minutes, with the
settings of the platform's mode \`exact\`. It stands for the overlay, too, which would re-encode ten minutes and lay text
over besides: the ratio is less than the true one.

**1 s job.** A clip of one second at one quality, and the very arguments of its passes run without the platform, in
turns. What counts is the median of the differences.

**Four qualities of 2160p.** 11 s with a text throughout, for the memory that they take: on more slots it is more.

**2 GB.** A clip with a box of random bytes behind it, sent as a form over HTTP until the answer comes, and downloaded to
a file. Both the copy beside them, the upload and the download end when the bytes are on the disk; the client runs on the
same machine.

**Requests.** autocannon in a process of its own on the same machine. Status: while two encodes run. Submissions: small
edits, of which the first are rendered meanwhile; the rest is cancelled afterwards.

**Scaling.** One job on a clip of an hour; Temporal, workflow, planning, probing, rows, heartbeats and progress are
the real ones, but instead of encoding each pass sleeps by its share of the work: all together for the ideal time times
the number of slots, so that each step is a job that much larger. Joining takes no time. Efficiency is ideal time through
actual time.`
