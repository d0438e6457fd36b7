// Who may import whom, held by `npm run check`. Data goes down and results come up: a room that reaches across is an
// error. Static imports, dynamic imports and imports of types all count. `npm run graph` draws what is here.

/** @import { IForbiddenRuleType } from 'dependency-cruiser' */

/**
 * What each room may import values of, and what it may import types of besides. The entries in src/ (src/*.ts) may
 * import everything.
 * @type {Record<string, { values: string[], types: string[] }>}
 */
const ROOMS = {
  'src/edit': { values: ['src/edit', 'src/errors.ts'], types: [] },
  'src/plan': { values: ['src/plan', 'src/edit', 'src/errors.ts'], types: [] },
  'src/media': {
    values: ['src/media', 'src/plan', 'src/die-with-parent.ts', 'src/remember.ts', 'src/errors.ts'],
    types: ['src/jobs'],
  },
  'src/storage': { values: ['src/storage', 'src/errors.ts'], types: ['src/jobs'] },
  'src/db': {
    values: ['src/db', 'src/jobs/model.ts', 'src/jobs/keys.ts', 'src/storable.ts', 'src/errors.ts'],
    types: ['src/jobs', 'src/plan', 'src/edit'],
  },
  'src/jobs': { values: ['src/jobs', 'src/plan', 'src/edit', 'src/remember.ts', 'src/errors.ts'], types: [] },
  'src/http': {
    values: ['src/http', 'src/jobs', 'src/edit', 'src/loopback.ts', 'src/storable.ts', 'src/errors.ts'],
    types: ['src/plan', 'src/config.ts'],
  },
  'src/temporal': {
    values: ['src/temporal', 'src/errors.ts'],
    types: ['src/jobs', 'activities', 'src/config.ts'],
  },
  'src/outbound': { values: ['src/outbound', 'src/errors.ts'], types: ['src/jobs'] },
  'src/children': { values: ['src/children', 'src/errors.ts'], types: [] },
  'src/platform': {
    values: [
      'src/platform',
      'src/config.ts',
      'src/die-with-parent.ts',
      'src/loopback.ts',
      'src/remember.ts',
      'src/errors.ts',
    ],
    types: [],
  },
  workflows: { values: ['workflows', 'src/temporal/names.ts'], types: ['activities'] },
  activities: {
    values: ['activities', 'src/jobs', 'src/media', 'src/plan', 'src/remember.ts', 'src/errors.ts'],
    types: ['src/edit'],
  },
}

/**
 * The rooms inside src/plan, the lowest first: a room imports itself and what stands before it, values and types
 * alike. A new folder, or a new file beside the folders, gets its place here.
 */
export const PLAN_ORDER = [
  'model',
  'graph',
  'colour',
  'frames',
  'context.ts',
  'inputs',
  'picture',
  'images',
  'join',
  'text',
  'layers',
  'subtitles',
  'ops',
  'renditions',
  'argv',
  'ffmpeg-parts.ts',
  'loudness',
  'side-files.ts',
  'open-trimmed.ts',
  'material.ts',
  'tracks',
  'chunks',
  'copy',
  'derive',
  'distribute.ts',
  'refuse-pictures.ts',
  'compile.ts',
  'preview',
  'task-graph.ts',
]

/**
 * Rooms that compute and do nothing else, with the only packages they may import: no clock, files or processes.
 * @type {Record<string, string[]>}
 */
const PURE = { 'src/edit': ['joi', 'color-name'], 'src/plan': ['sax'], workflows: ['@temporalio/workflow'] }

/** The rooms that may start processes: for ffmpeg and ffprobe, for tasks of ours, for the servers of `npm start`. */
const SPAWNING = ['src/media', 'src/children', 'src/platform']

const PRODUCT = '^(src|activities|workflows)/'

/** A pattern for these folders and files, all given from the root. @param {string[]} places */
const within = (places) =>
  places.map((place) => `^${place.replaceAll('.', '\\.')}${/\.\w+$/.test(place) ? '$' : '/'}`)

/** @type {IForbiddenRuleType[]} */
const roomRules = Object.entries(ROOMS).flatMap(([room, { values, types }]) => [
  {
    name: `${room}: imports`,
    comment: `${room} may import ${values.join(', ')}`,
    severity: 'error',
    from: { path: within([room]) },
    // `import('…').T` counts as a value: only `import type` leaves nothing at run time for certain.
    to: { path: PRODUCT, pathNot: within(values), dependencyTypesNot: ['type-only'] },
  },
  {
    name: `${room}: imports of types`,
    comment: `${room} may import types of ${[...values, ...types].join(', ')}`,
    severity: 'error',
    from: { path: within([room]) },
    to: { path: PRODUCT, pathNot: within([...values, ...types]), dependencyTypes: ['type-only'] },
  },
])

/** @type {IForbiddenRuleType[]} */
const planRules = PLAN_ORDER.map((place, index) => ({
  name: `src/plan/${place}: only what is below`,
  comment: `src/plan/${place} may import itself and the rooms of src/plan that stand before it in PLAN_ORDER`,
  severity: 'error',
  from: { path: within([`src/plan/${place}`]) },
  to: {
    path: '^src/plan/',
    pathNot: within(PLAN_ORDER.slice(0, index + 1).map((below) => `src/plan/${below}`)),
  },
}))

/** @type {IForbiddenRuleType[]} */
const pureRules = Object.entries(PURE).map(([room, packages]) => ({
  name: `${room}: pure`,
  comment: `${room} computes and does nothing else: of packages it may import ${packages.join(', ') || 'none'}`,
  severity: 'error',
  from: { path: within([room]) },
  to: { pathNot: [PRODUCT, ...within(packages.flatMap(homesOf))] },
}))

/** Where a package and its types are installed. @param {string} name */
function homesOf(name) {
  return [`node_modules/${name}`, `node_modules/@types/${name}`]
}

/** @type {IForbiddenRuleType[]} */
const houseRules = [
  {
    name: 'no-circular',
    comment:
      'Files that import each other in a circle, be it for types alone, can only be understood together',
    severity: 'error',
    from: { path: PRODUCT },
    to: { circular: true },
  },
  {
    name: 'no-processes',
    comment: `Only ${SPAWNING.join(' and ')} may start processes`,
    severity: 'error',
    // The entries in src/ are free.
    from: {
      path: within(Object.keys(ROOMS)),
      pathNot: within(SPAWNING),
    },
    to: { path: '^(node:)?(child_process|cluster)$' },
  },
  {
    name: 'product-alone',
    comment: 'What runs in production imports neither tools nor tests',
    severity: 'error',
    from: { path: PRODUCT },
    to: { path: '^(scripts|bench|test|dist)/' },
  },
  {
    name: 'production-packages',
    comment: 'What runs in production imports only packages of "dependencies", or types of others',
    severity: 'error',
    from: { path: PRODUCT },
    to: {
      dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'],
      dependencyTypesNot: ['type-only'],
    },
  },
  {
    name: 'resolvable',
    comment: 'An import of a file or package that is not there',
    severity: 'error',
    from: { path: PRODUCT },
    to: { couldNotResolve: true },
  },
  {
    name: 'set-up-alone',
    comment:
      "Set-up makes a fresh clone ready: it has Node's own modules only, since no package is there yet",
    severity: 'error',
    from: { path: '^scripts/setup(/|\\.mjs$)' },
    to: { pathNot: '^scripts/setup/', dependencyTypesNot: ['core'] },
  },
]

/** @satisfies {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [...roomRules, ...planRules, ...pureRules, ...houseRules],
  options: {
    tsPreCompilationDeps: true,
    detectProcessBuiltinModuleCalls: true,
    doNotFollow: { path: ['^node_modules/', '^dist/'] },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['types', 'import', 'node', 'default'],
    },
  },
}
