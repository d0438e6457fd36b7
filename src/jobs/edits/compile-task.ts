import { AppError, type ErrorCode, type FieldIssue } from '../../errors.js'
import { compileEdit } from '../../plan/compile.js'
import type { Plan } from '../../plan/model/plan.js'
import type { AssetSource, Sources } from '../../plan/model/sources.js'
import { estimatePlanBytes } from '../../plan/renditions/file-size.js'
import { readAsset } from '../assets/read-asset.js'
import type { CompileTask, MeasureTask } from '../ports/calculations.js'
import { heldReader } from '../read-at-most.js'
import type { PlanPreview } from '../use-cases.js'
import { lackingParts, type Planned } from './lacking-parts.js'
import { previewPlan } from './preview-plan.js'

/**
 * Reads the subtitles of an edit, compiles it, and refuses a plan that needs more than ffmpeg has here.
 * @throws AppError `unsupported-media` for an asset that cannot be read; `edit-unrenderable` or `ffmpeg-lacks-part`, with
 *   every issue
 */
export async function runCompileTask(task: CompileTask): Promise<Plan> {
  const { edit, options, missing } = task
  const sources = await readSources(task)
  const compilation = compileEdit(edit, sources, options)
  if (!compilation.ok) throw refusal('edit-unrenderable', compilation.issues)
  const { plan } = compilation
  refuseLacking({ edit, sources, plan }, missing)
  return plan
}

/** The sources of an edit, with their assets read. @throws AppError `unsupported-media` for one that cannot be */
export async function readSources(task: Omit<CompileTask, 'options'>): Promise<Sources> {
  const { video, videos, texts } = task
  const assets = new Map<string, AssetSource>()
  for (const { bytes = null, font, ...asset } of task.assets) {
    assets.set(asset.name, await readAsset(asset, font ?? heldReader(bytes)))
  }
  return { video, assets, videos, ...(texts && { texts }) }
}

/** @throws AppError `ffmpeg-lacks-part`, with every issue */
export function refuseLacking(planned: Planned, missing: CompileTask['missing']): void {
  const issues = lackingParts(planned, missing)
  if (issues.length > 0) throw refusal('ffmpeg-lacks-part', issues)
}

/** The same for people. A plan has all texts of the edit once for each pass, which its preview has not. */
export async function runPreviewTask(task: CompileTask): Promise<PlanPreview> {
  return previewPlan(await runCompileTask(task))
}

/** The same for the room on the disk alone, in bytes. */
export async function runMeasureTask({ sourceBytes, ...task }: MeasureTask): Promise<number> {
  return estimatePlanBytes(await runCompileTask(task), sourceBytes)
}

export function refusal(code: ErrorCode, issues: readonly FieldIssue[]): AppError {
  return new AppError(code, issues.map(({ message }) => message).join('; '), { issues })
}
