// Who may import whom. Data goes down, results come up: a room that reaches across is a fault of the build.
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, posix, relative, resolve } from 'node:path'

/** By room: what it may import, and what it may import types of. The entries in src/ may import everything. */
const RULES = {
  'src/edit': { values: ['src/edit', 'src/errors.ts'], types: [] },
  'src/plan': { values: ['src/plan', 'src/edit', 'src/errors.ts'], types: [] },
  'src/media': { values: ['src/media', 'src/plan', 'src/errors.ts'], types: ['src/jobs'] },
  'src/storage': { values: ['src/storage', 'src/errors.ts'], types: ['src/jobs'] },
  'src/db': {
    values: ['src/db', 'src/jobs/model.ts', 'src/jobs/keys.ts', 'src/storable.ts', 'src/errors.ts'],
    types: ['src/jobs', 'src/plan', 'src/edit'],
  },
  'src/jobs': { values: ['src/jobs', 'src/plan', 'src/edit', 'src/errors.ts'], types: [] },
  'src/http': {
    values: ['src/http', 'src/jobs', 'src/edit', 'src/storable.ts', 'src/errors.ts'],
    types: ['src/plan', 'src/config.ts'],
  },
  'src/temporal': {
    values: ['src/temporal', 'src/errors.ts'],
    types: ['src/jobs', 'activities', 'src/config.ts'],
  },
  'src/platform': { values: ['src/platform', 'src/config.ts', 'src/errors.ts'], types: [] },
  workflows: { values: ['workflows', 'src/temporal/names.ts'], types: ['activities'] },
  activities: {
    values: ['activities', 'src/jobs', 'src/media', 'src/plan', 'src/errors.ts'],
    types: ['src/edit'],
  },
}

/** Rooms that compute and do nothing else, with the only packages they may import: no clock, files or processes. */
const PURE = { 'src/edit': ['joi', 'color-name'], 'src/plan': [], workflows: ['@temporalio/workflow'] }

/** The rooms that may start processes: one for ffmpeg and ffprobe, one for the servers of `npm start`. */
const SPAWNING = ['src/media', 'src/platform']

const PACKAGE = /^(?:import|export)\s+(?:[^'"]*?\sfrom\s+)?['"]([^.'"][^'"]*)['"]/gm
const IMPORT = /^(?:import|export)\s+(type\s)?(?:[^'"]*?\sfrom\s+)?['"](\.[^'"]+)['"]/gm

const root = resolve(import.meta.dirname, '..')
const faults = Object.keys(RULES).flatMap((room) => filesBelow(room).flatMap((file) => checkFile(room, file)))
for (const fault of faults) console.error(fault)
process.exitCode = faults.length > 0 ? 1 : 0

function filesBelow(room) {
  return readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => posix.join(room, name))
}

function checkFile(room, file) {
  const text = readFileSync(join(root, file), 'utf8')
  return [...checkPackages(room, file, text), ...checkRooms(room, file, text)]
}

function checkPackages(room, file, text) {
  return [...text.matchAll(PACKAGE)].flatMap(([, name]) => {
    const isRefused = PURE[room]
      ? !PURE[room].includes(name)
      : name === 'node:child_process' && !SPAWNING.includes(room)
    return isRefused ? [`${file}: ${room} may not import ${name}`] : []
  })
}

function checkRooms(room, file, text) {
  return [...text.matchAll(IMPORT)].flatMap(([statement, typeKeyword, specifier]) => {
    const target = relative(root, resolve(root, dirname(file), specifier)).replace(/\.js$/, '.ts')
    const { values, types } = RULES[room]
    const isTypeOnly = Boolean(typeKeyword) || onlyTypeNames(statement)
    const allowed = isTypeOnly ? [...values, ...types] : values
    if (allowed.some((place) => target === place || target.startsWith(`${place}/`))) return []
    return [`${file}: ${room} may not import ${isTypeOnly ? 'types of' : 'from'} ${target}`]
  })
}

/** `import { type A, type B } from …` imports no value. */
function onlyTypeNames(statement) {
  const names = /\{([^}]*)\}/.exec(statement)?.[1]
  return names !== undefined && names.split(',').every((name) => /^\s*(type\s|$)/.test(name))
}
