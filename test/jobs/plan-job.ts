import type { JobsDeps } from '../../src/jobs/deps.js'
import { compileTask, loadFiles } from '../../src/jobs/edits/plan-edit.js'
import type { Video } from '../../src/jobs/model.js'
import type { Plan } from '../../src/plan/model/plan.js'

/** The plan of an edit in one pass a rendition, as a job has it. */
export async function planEdit(
  deps: JobsDeps,
  edit: Parameters<typeof loadFiles>[1],
  video: Video,
  outputPrefix: string,
): Promise<Plan> {
  const files = await loadFiles(deps, edit, video)
  return deps.calculations.compile(edit.owner, await compileTask(deps, files, { outputPrefix }))
}
