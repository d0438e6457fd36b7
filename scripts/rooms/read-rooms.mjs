/**
 * @import { IModule } from 'dependency-cruiser'
 * @typedef {object} Rooms
 * @property {readonly string[]} names
 * @property {readonly Edge[]} edges only those that no longer way of edges stands for
 * @typedef {{ from: string, to: string, isTypeOnly: boolean }} Edge
 */

/**
 * The rooms of the whole house, and those inside src/plan, with who imports whom. Files that every room may import are
 * left out.
 * @param {readonly IModule[]} modules
 * @returns {{ house: Rooms, plan: Rooms }}
 */
export function readRooms(modules) {
  return { house: collapse(modules, houseRoom), plan: collapse(modules, planRoom) }
}

/** @param {string} file */
function houseRoom(file) {
  if (file === 'src/errors.ts' || file === 'src/storable.ts') return null
  if (/^src\/config(-values)?\.ts$/.test(file)) return 'src/config.ts'
  if (/^src\/[^/]+\.ts$/.test(file)) return 'src/*.ts'
  return /^(src\/[^/]+|activities|workflows)\//.exec(file)?.[1] ?? null
}

/** @param {string} file */
function planRoom(file) {
  return /^src\/plan\/([^/]+)/.exec(file)?.[1] ?? null
}

/**
 * @param {readonly IModule[]} modules
 * @param {(file: string) => string | null} roomOf null: left out
 * @returns {Rooms}
 */
function collapse(modules, roomOf) {
  const names = new Set(modules.flatMap(({ source }) => roomOf(source) ?? []))
  /** @type {Map<string, Edge>} */
  const edges = new Map()
  for (const { source, dependencies } of modules) {
    for (const { resolved, dependencyTypes } of dependencies) {
      const [from, to] = [roomOf(source), roomOf(resolved)]
      if (from === null || to === null || from === to) continue
      const known = edges.get(`${from} ${to}`)
      const isTypeOnly = (known?.isTypeOnly ?? true) && dependencyTypes.includes('type-only')
      edges.set(`${from} ${to}`, { from, to, isTypeOnly })
    }
  }
  return { names: [...names].sort(), edges: withoutDetours([...edges.values()]) }
}

/**
 * Leaves out each edge beside which there is a longer way: of values for an edge of values, of any kind for one of
 * types.
 * @param {readonly Edge[]} edges of a graph without circles
 */
function withoutDetours(edges) {
  return edges
    .filter((edge) => {
      const others = edges.filter((other) => other !== edge && (edge.isTypeOnly || !other.isTypeOnly))
      return !canReach(others, edge.from, edge.to)
    })
    .sort((a, b) => compare(a.from, b.from) || compare(a.to, b.to))
}

/**
 * @param {readonly Edge[]} edges
 * @param {string} from
 * @param {string} to
 */
function canReach(edges, from, to) {
  const reached = new Set([from])
  for (const room of reached) {
    for (const edge of edges) if (edge.from === room) reached.add(edge.to)
  }
  return reached.has(to)
}

/**
 * @param {string} a
 * @param {string} b
 */
function compare(a, b) {
  return a < b ? -1 : a > b ? 1 : 0
}
