// npm run graph: checks who imports whom against .dependency-cruiser.mjs, and draws the rooms into docs/rooms.svg and
// docs/rooms-plan.svg. With --check it writes nothing, and fails when a drawing is out of date.
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { cruiseHouse, describeViolation } from './rooms/cruise-house.mjs'
import { draw } from './rooms/draw.mjs'
import { readRooms } from './rooms/read-rooms.mjs'

const ROOT = join(import.meta.dirname, '..')
const isCheck = process.argv.includes('--check')

const { modules, violations } = await cruiseHouse(ROOT)
const faults = violations.map(describeViolation)
const { house, plan } = readRooms(modules)
for (const { file, rooms } of [
  { file: 'docs/rooms.svg', rooms: house },
  { file: 'docs/rooms-plan.svg', rooms: plan },
]) {
  const path = join(ROOT, file)
  const svg = await draw(rooms)
  const saved = await readFile(path, 'utf8').catch(() => '')
  if (!isCheck) await writeFile(path, svg)
  else if (saved !== svg) faults.push(`${file} is out of date: run "npm run graph".`)
}
for (const fault of faults) console.error(fault)
process.exitCode = faults.length > 0 ? 1 : 0
