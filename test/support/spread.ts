import { mkdir, readFile, rename } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { executeAssembly } from '../../activities/passes/assemble.js'
import { executePass } from '../../activities/passes/render.js'
import { inPassFolder, type WorkFolder } from '../../activities/passes/work-folder.js'
import type { Edit } from '../../src/edit/operation.js'
import { verifyOutput } from '../../src/media/packets/verify-output.js'
import { runFfmpeg } from '../../src/media/process/run-ffmpeg.js'
import { inputArgs } from '../../src/plan/argv/input-args.js'
import { nodesLeadingTo } from '../../src/plan/graph/graph-builder.js'
import { serialiseGraph } from '../../src/plan/graph/serialise-graph.js'
import type { Pass, Plan } from '../../src/plan/model/plan.js'
import type { Spreading } from '../../src/plan/model/spreading.js'
import { createLocalStorage } from '../../src/storage/local-storage.js'
import { measureRendered } from './outputs/measure-rendered.js'
import {
  adjust,
  attempt,
  compile,
  type EditFiles,
  type RenderOptions,
  type Studio,
  survey,
} from './render.js'

function spreadOver(slots: number): Spreading {
  return { kind: 'chunks', slots, threadsPerSlot: 1, partPrefix: 'parts/test/' }
}

/**
 * The plan of an edit that is spread over slots. Nothing is copied, because the source appears to have no groups of
 * frames.
 */
export async function spreadPlan(edit: Edit, files: EditFiles, slots: number): Promise<Plan> {
  const { video: source, ...others } = await survey(files)
  const video = source.facts.video && { ...source.facts.video, groups: null }
  return compile(
    edit,
    { ...others, video: { ...source, facts: { ...source.facts, video } } },
    spreadOver(slots),
  )
}

/** The plan of an edit that copies what it can. */
export async function copyPlan(edit: Edit, files: EditFiles, slots = 2): Promise<Plan> {
  return compile(edit, await survey(files), spreadOver(slots))
}

/** Renders all passes of a plan and joins them. Returns the paths of the outputs by name. */
export async function renderPlan(
  studio: Studio,
  plan: Plan,
  options: RenderOptions = {},
): Promise<ReadonlyMap<string, string>> {
  const dir = studio.dir()
  const deps = { ...createLocalStorage({ root: dir }), ffmpeg: studio.tools(), minFreeDiskBytes: 0 }
  const place = async (file: string, key: string) => {
    await mkdir(dirname(join(dir, key)), { recursive: true })
    await rename(file, join(dir, key))
  }
  for (const pass of plan.passes) {
    const adjusted = adjust(pass, options.encode ?? 'near-lossless')
    await executePass(deps, attempt(adjusted), async (files) => {
      for (const { path, encode } of files) {
        verifyOutput(await measureRendered(path, encode.container), encode.expected)
        await place(path, encode.key)
      }
    })
  }
  for (const assembly of plan.assemblies) {
    await executeAssembly(deps, attempt(assembly), async (file) => {
      verifyOutput(await measureRendered(file, assembly.container), assembly.expected)
      await place(file, assembly.key)
    })
  }
  return new Map(plan.outputs.map(({ name, key }) => [name, join(dir, key)]))
}

/** The MD5 of each picture that a pass's graph produces for one of its outputs, before it is encoded. */
export async function pictureHashes(studio: Studio, pass: Pass, output = 0): Promise<string[]> {
  const tools = studio.tools()
  const deps = { ...createLocalStorage({ root: studio.dir() }), ffmpeg: tools, minFreeDiskBytes: 0 }
  const execution = attempt(pass)
  const encode = async ({ dir }: WorkFolder) => {
    const pads = pass.encodes.map(({ video }) => video?.pad ?? '')
    const targets = pads.map((_, index) =>
      index === output
        ? ['-fps_mode', 'passthrough', '-pix_fmt', 'yuv420p', '-f', 'framemd5', 'file:hashes']
        : ['-f', 'null', '-'],
    )
    const argv = [
      ...pass.inputs.flatMap(inputArgs),
      ...['-filter_complex', serialiseGraph(nodesLeadingTo(pass.graph, pads))],
      ...pads.flatMap((pad, index) => ['-map', `[${pad}]`, ...(targets[index] ?? [])]),
    ]
    await runFfmpeg(tools, { ...execution, argv, cwd: dir, expectedUs: 1e6, maxFileBytes: 1e9 })
  }
  return inPassFolder(deps, execution, encode, async (_, dir) => {
    const lines = (await readFile(join(dir, 'hashes'), 'utf8')).split('\n')
    return lines.filter((line) => /^\d/.test(line)).map((line) => line.split(',').at(-1)?.trim() ?? '')
  })
}
