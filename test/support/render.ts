import { randomUUID } from 'node:crypto'
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import { measureLoudness } from '../../activities/passes/measure.js'
import { executePass } from '../../activities/passes/render.js'
import { LIMITS } from '../../src/edit/limits.js'
import type { Edit, Operation } from '../../src/edit/operation.js'
import { describeAsset } from '../../src/jobs/assets/asset-kind.js'
import { readAsset } from '../../src/jobs/assets/read-asset.js'
import { runReadTask } from '../../src/jobs/assets/read-task.js'
import { localReader } from '../../src/jobs/read-at-most.js'
import { createProber } from '../../src/media/create-prober.js'
import type { DecodeReport } from '../../src/media/decoding/decode-report.js'
import { judgeDecode } from '../../src/media/decoding/judge-decode.js'
import { tallyDecode } from '../../src/media/decoding/tally-decode.js'
import { measureSource } from '../../src/media/packets/measure-source.js'
import { verifyOutput } from '../../src/media/packets/verify-output.js'
import { probeFile } from '../../src/media/probe/probe.js'
import { writeFontConfig } from '../../src/media/process/font-config.js'
import type { FfmpegTools } from '../../src/media/process/run-ffmpeg.js'
import { compileEdit } from '../../src/plan/compile.js'
import { fillMeasured } from '../../src/plan/loudness/fill-measured.js'
import type { MeasuredLoudness } from '../../src/plan/loudness/find-setting.js'
import type { MediaFacts } from '../../src/plan/model/facts.js'
import type { Encode, Pass, Plan, Warning } from '../../src/plan/model/plan.js'
import type { AssetSource, Source, Sources, SubtitleFile } from '../../src/plan/model/sources.js'
import type { Spreading } from '../../src/plan/model/spreading.js'
import { createLocalStorage } from '../../src/storage/local-storage.js'
import { FFMPEG, ffmpeg, FFPROBE } from './lavfi.js'
import { measureRendered } from './outputs/measure-rendered.js'

export interface EditFiles {
  /** Absolute paths of files that `make` has made. */
  readonly video: string
  readonly assets?: Readonly<Record<string, string>>
  /** Other videos by id. */
  readonly videos?: Readonly<Record<string, string>>
}

export interface RenderOptions {
  /** How to encode; by default almost without loss, and fast. */
  readonly encode?: 'as-planned' | 'near-lossless'
}

export interface RenderedFile {
  readonly name: string
  readonly path: string
  readonly facts: MediaFacts
  readonly pass: Pass
  /** The results of measurements before the rendering, by name. */
  readonly measured: ReadonlyMap<string, MeasuredLoudness>
  /** Warnings of damage that showed while the sources were decoded. */
  readonly warnings: readonly Warning[]
}

/** A folder for the files of one test file, and the tools that render in it. It exists while its tests run. */
export interface Studio {
  readonly dir: () => string
  readonly tools: () => FfmpegTools
  /** Makes a file with ffmpeg; returns its path. */
  readonly make: (name: string, ...args: readonly string[]) => Promise<string>
  readonly probe: (path: string) => Promise<MediaFacts>
  /** The facts that a compilation of an edit of these files needs. */
  readonly survey: (files: EditFiles) => Promise<Sources>
  readonly renderEdit: (edit: Edit, files: EditFiles, options?: RenderOptions) => Promise<RenderedFile[]>
  /** Renders operations to one file at the picture's own size. */
  readonly render: (operations: readonly Operation[], files: EditFiles) => Promise<RenderedFile>
  /** Runs a pass unchanged and unverified, and keeps its file under a name that can be edited again. */
  readonly runPass: (pass: Pass, name: string) => Promise<string>
}

const FONTS_DIR = resolve('dist/fonts')

export function useStudio(): Studio {
  let dir = ''
  let tools: FfmpegTools
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'cutroom-studio-'))
    await mkdir(join(dir, 'files'))
    tools = {
      ffmpegPath: FFMPEG,
      ffprobePath: FFPROBE,
      fontConfigPath: await writeFontConfig(FONTS_DIR, join(dir, 'fonts')),
      stallTimeoutSec: 30,
    }
  })
  afterAll(() => rm(dir, { recursive: true, force: true }))

  const studio: Studio = {
    dir: () => dir,
    tools: () => tools,
    make: async (name, ...args) => {
      const path = join(dir, 'files', name)
      await ffmpeg(...args, path)
      return path
    },
    probe: (path) => probeFile(FFPROBE, path),
    survey: (files) => survey(files),
    runPass: (pass, name) => runPass(dir, tools, pass, (path) => keep(path, join(dir, 'files', name))),
    renderEdit: async (edit, files, options) => {
      const sources = await survey(files)
      const plan = compile(edit, sources)
      const measured = await measureAll(dir, tools, plan)
      return Promise.all(
        plan.passes.map((pass) =>
          renderPass(dir, tools, adjust(pass, options?.encode ?? 'near-lossless'), { sources, measured }),
        ),
      )
    },
    render: async (operations, files) => {
      const [file] = await studio.renderEdit({ operations, output: null }, files)
      if (!file) throw new Error('the edit has no output')
      return file
    },
  }
  return studio
}

export async function survey({ video, assets = {}, videos = {} }: EditFiles): Promise<Sources> {
  const facts = await measureOnce(video)
  const described = Object.entries(assets).map(async ([name, path]): Promise<[string, AssetSource]> => {
    const asset = await describeAsset({ prober: createProber(PROBING), read: runReadTask }, name, path)
    return [name, await readAsset({ ...asset, name, filePath: keyOf(path) }, localReader(path))]
  })
  const measuring = Object.entries(videos).map(async ([id, path]): Promise<[string, Source]> => {
    return [id, { key: keyOf(path), facts: await measureOnce(path) }]
  })
  const prober = createProber(PROBING)
  const reading = (facts.texts ?? []).map(
    async ({ index }, number): Promise<[number, SubtitleFile | null]> => {
      const text = await prober.readText(video, facts, { index, maxBytes: LIMITS.subtitleBytes })
      return [number, text === null ? null : { format: 'srt', text }]
    },
  )
  return {
    video: { key: keyOf(video), facts },
    texts: new Map(await Promise.all(reading)),
    assets: new Map(await Promise.all(described)),
    videos: new Map(await Promise.all(measuring)),
  }
}

/** Facts of drawings do not hang on the fonts. */
const PROBING = { ffmpegPath: FFMPEG, ffprobePath: FFPROBE, fontConfigPath: '/nonexistent' }

/** Each source is measured once, although many tests use it. */
const measured = new Map<string, Promise<MediaFacts>>()

function measureOnce(path: string): Promise<MediaFacts> {
  const known = measured.get(path) ?? measure(path)
  measured.set(path, known)
  return known
}

async function measure(path: string): Promise<MediaFacts> {
  return measureSource(PROBING, path, await createProber(PROBING).probe(path), AbortSignal.timeout(20_000))
}

function keyOf(path: string): string {
  return `files/${basename(path)}`
}

export function compile(edit: Edit, sources: Sources, spreading: Spreading = { kind: 'whole' }): Plan {
  const compilation = compileEdit(edit, sources, { outputPrefix: 'processed/test/', spreading })
  if (!compilation.ok) throw new Error(JSON.stringify(compilation.issues))
  return compilation.plan
}

export function adjust(pass: Pass, encode: NonNullable<RenderOptions['encode']>): Pass {
  if (encode === 'as-planned') return pass
  const [first, ...others] = pass.encodes
  return { ...pass, encodes: [nearLossless(first), ...others.map(nearLossless)] }
}

function nearLossless(encode: Encode): Encode {
  const { video } = encode
  if (video?.coding.codec !== 'h264') return encode
  return { ...encode, video: { ...video, coding: { ...video.coding, preset: 'ultrafast', crf: 2 } } }
}

/** One after another, as the workflow does. */
async function measureAll(dir: string, tools: FfmpegTools, plan: Plan) {
  const measured = new Map<string, MeasuredLoudness>()
  for (const pass of plan.measurements) {
    const deps = { ...createLocalStorage({ root: dir }), ffmpeg: tools, minFreeDiskBytes: 0 }
    const found = await measureLoudness(deps, { ...attempt(pass), earlier: measured })
    measured.set(pass.name, found)
  }
  return measured
}

async function renderPass(
  dir: string,
  tools: FfmpegTools,
  pass: Pass,
  { sources, measured }: { readonly sources: Sources; readonly measured: RenderedFile['measured'] },
): Promise<RenderedFile> {
  const filled = { ...pass, graph: fillMeasured(pass.graph, measured) }
  return runPass(dir, tools, filled, async (file, decoding) => {
    const known = pass.inputs.map(({ key }) => [key, { name: key, facts: factsOf(sources, key) }] as const)
    const warnings = judgeDecode(tallyDecode(decoding, pass), new Map(known))
    const facts = await measureRendered(file, pass.encodes[0].container)
    verifyOutput(facts, pass.encodes[0].expected)
    return {
      name: pass.outputNames[0] ?? '',
      path: await keep(file, join(dir, `${randomUUID()}-${basename(file)}`)),
      facts,
      pass,
      measured,
      warnings,
    }
  })
}

function factsOf({ video, videos, assets }: Sources, key: string): MediaFacts | null {
  const found = [video, ...videos.values(), ...assets.values()].find((source) => source.key === key)
  return found?.facts ?? null
}

function runPass<Result>(
  dir: string,
  ffmpegTools: FfmpegTools,
  pass: Pass,
  useFile: (path: string, decoding: DecodeReport) => Promise<Result>,
): Promise<Result> {
  return executePass(
    { ...createLocalStorage({ root: dir }), ffmpeg: ffmpegTools, minFreeDiskBytes: 0 },
    attempt(pass),
    ([file], decoding) => useFile(file?.path ?? '', decoding),
  )
}

export function attempt<Work>(pass: Work) {
  return { jobId: randomUUID(), pass, signal: AbortSignal.timeout(60_000), onProgress: () => undefined }
}

/** Moves a file out of the folder of its pass, which is removed with the pass. */
async function keep(path: string, to: string): Promise<string> {
  await rename(path, to)
  return to
}
