import { randomUUID } from 'node:crypto'
import { rename } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { executeDerivedPass, finishDerived } from '../../../activities/passes/derive.js'
import type { Edit } from '../../../src/edit/operation.js'
import type { OutputRequest } from '../../../src/edit/output/output.js'
import { compileEdit } from '../../../src/plan/compile.js'
import type { Plan } from '../../../src/plan/model/plan.js'
import { createLocalStorage } from '../../../src/storage/local-storage.js'
import { attempt, type EditFiles, type Studio, survey } from '../render.js'
import { renderPlan } from '../spread.js'

/** Renders an output of the unedited video with all that is made of it. Returns the plan, and paths by name. */
export async function renderOutput(
  studio: Studio,
  output: OutputRequest,
  files: EditFiles,
): Promise<{ readonly plan: Plan; readonly paths: ReadonlyMap<string, string> }> {
  const edit: Edit = { operations: [], output }
  // Tests that run at the same time have folders of their own.
  const options = { outputPrefix: `processed/${randomUUID()}/` }
  const compilation = compileEdit(edit, await survey(files), options)
  if (!compilation.ok) throw new Error(JSON.stringify(compilation.issues))
  const { plan } = compilation
  return { plan, paths: await renderAll(studio, plan) }
}

/** The same for a plan. The files of a folder stay in a folder; its path is that of the file that is opened first. */
export async function renderAll(studio: Studio, plan: Plan): Promise<ReadonlyMap<string, string>> {
  const dir = studio.dir()
  const deps = { ...createLocalStorage({ root: dir }), ffmpeg: studio.tools(), minFreeDiskBytes: 0 }
  const paths = new Map(await renderPlan(studio, plan, { encode: 'as-planned' }))
  for (const pass of plan.derived) {
    const kept = join(dir, randomUUID())
    const main = await executeDerivedPass(deps, attempt(pass), async (folder) => {
      const made = await finishDerived(pass, folder)
      await rename(folder, kept)
      return basename(made)
    })
    for (const { name, key, folder } of plan.outputs.filter(({ passName }) => passName === pass.name)) {
      paths.set(name, join(kept, folder ? basename(key) : main))
    }
  }
  return paths
}

/** The folder of a stream. */
export function folderOf(paths: ReadonlyMap<string, string>, name: string): string {
  return dirname(paths.get(name) ?? '')
}
