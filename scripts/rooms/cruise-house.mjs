import { cruise } from 'dependency-cruiser'
import config from '../../.dependency-cruiser.mjs'

/** @import { IModule, IViolation } from 'dependency-cruiser' */

const PLACES = ['src', 'activities', 'workflows', 'scripts', 'bench']

/**
 * Reads who imports whom, and holds it against the rules of .dependency-cruiser.mjs.
 * @param {string} root
 * @param {string[]} places the folders and files to read, below the root
 * @returns {Promise<{ modules: readonly IModule[], violations: readonly IViolation[] }>}
 */
export async function cruiseHouse(root, places = PLACES) {
  const { forbidden, options } = config
  const { output } = await cruise(places, {
    ...options,
    baseDir: root,
    validate: true,
    ruleSet: { forbidden },
  })
  if (typeof output === 'string') throw new Error(output)
  return { modules: output.modules, violations: output.summary.violations }
}

/**
 * @param {IViolation} violation
 * @returns {string} `FROM → TO: which rule that breaks`, with the whole way when it leads back
 */
export function describeViolation({ from, to, rule, cycle }) {
  const way = cycle ? [from, ...cycle.map(({ name }) => name)] : [from, to]
  const { comment } = config.forbidden.find(({ name }) => name === rule.name) ?? {}
  return `${way.join(' → ')}: ${rule.name}${comment ? ` (${comment})` : ''}`
}
