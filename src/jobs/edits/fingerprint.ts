import { createHash } from 'node:crypto'
import { assemblyArgv } from '../../plan/argv/assembly-argv.js'
import { copyRuns } from '../../plan/argv/copy-argv.js'
import { passArgv } from '../../plan/argv/pass-argv.js'
import { soundRuns } from '../../plan/argv/sound-argv.js'
import { videoArgs } from '../../plan/argv/video-args.js'
import type { LoudnessSetting } from '../../plan/loudness/find-setting.js'
import { meterArgv, trialArgv, trialMeterArgv } from '../../plan/loudness/loudness-argv.js'
import { measuredNames } from '../../plan/loudness/needed-measurements.js'
import { isFilmCoding } from '../../plan/model/encode.js'
import type { Assembly, Encode, Measurement, Pass, PassWork } from '../../plan/model/plan.js'
import { outputName } from '../../plan/model/work-files.js'

/**
 * Counts up when the same arguments of ffmpeg give another file: then outputs of older versions are not used again.
 * A change of the arguments themselves needs no new version.
 */
const VERSION = 2

/** The SHA-256 of stored files, by storage key. */
export type Hashes = ReadonlyMap<string, string>

/**
 * A hash of a pass's sources, by their contents, and of all that ffmpeg is told to do with them. Two passes with the
 * same fingerprint make the same file. null: the contents of a source are not known.
 * @param measurements those of the plan
 */
export function fingerprintPass(
  pass: Pass,
  measurements: readonly Measurement[],
  hashes: Hashes,
): string | null {
  // How many threads a pass has depends on the workers.
  const argv = passArgv({ ...pass, threads: null }, pass.encodes.map(outputName))
  const measured = neededBy(pass, measurements)
  const settings = new Map(measurements.map(({ name }) => [name, ANY_SETTING]))
  if (![pass, ...measured].every((work) => isKnown(work, hashes))) return null
  return hash({
    version: VERSION,
    ...contentsOf(pass, hashes),
    argv,
    inChunks: pass.encodes.flatMap(stretchArgs),
    measurements: measured.map((measurement) => ({
      ...contentsOf(measurement, hashes),
      target: measurement.target,
      argv: measuringArgv(measurement, settings),
    })),
  })
}

/**
 * The fingerprint of an assembly.
 * @param contents of its inputs: hashes, and fingerprints of the passes that make them; null: not known
 */
export function fingerprintAssembly(assembly: Assembly, contents: readonly (string | null)[]): string | null {
  if (contents.includes(null)) return null
  const { sideFiles, copies } = assembly
  return hash({
    version: VERSION,
    contents,
    sideFiles,
    // Which parts have their headers unified.
    head: copies ? [copies.head, copies.encodedParts] : null,
    copies: copyRuns(assembly).map(({ argv }) => argv),
    argv: assemblyArgv(assembly, `output.${assembly.container}`),
  })
}

/** How the film of an encode is coded in chunks. Whether it is cut depends on the workers, so this always counts. */
function stretchArgs({ video, container }: Encode): string[][] {
  const coding = video?.coding
  if (!coding || !isFilmCoding(coding)) return []
  return (['first', 'later'] as const).map((stretch) => videoArgs({ ...coding, stretch }, container, null))
}

/** The measurements that a pass waits for, and those that these wait for, in the order of the plan. */
function neededBy({ graph }: Pass, measurements: readonly Measurement[]): Measurement[] {
  const names = measuredNames(graph)
  return measurements.filter(({ name }) => names.has(name))
}

/** Stands for what will be measured. */
const ANY_SETTING: LoudnessSetting = { gainDb: 0, ceilingDb: 0 }

/** The arguments of all runs of a measurement. */
function measuringArgv(measurement: Measurement, settings: ReadonlyMap<string, LoudnessSetting>): string[][] {
  const file = `trial.${measurement.coding.container}`
  return [
    meterArgv(measurement, settings),
    trialArgv(measurement, settings, file),
    trialMeterArgv(file, measurement.coding.container),
  ]
}

function isKnown({ inputs, fonts = [] }: PassWork, hashes: Hashes): boolean {
  return [...inputs, ...fonts].every(({ key }) => hashes.has(key))
}

/** What lies in the work folder when ffmpeg starts. */
function contentsOf(work: PassWork, hashes: Hashes) {
  const { inputs, fonts = [], colourTables = [], sideFiles } = work
  const sounds = soundRuns(work)
  const drawn = inputs.map((input) => input.drawn ?? null)
  return {
    inputs: inputs.map(({ key }) => hashes.get(key)),
    fonts: fonts.map(({ key, folder }) => ({ folder, contents: hashes.get(key) })),
    sideFiles,
    // The maps are data: their tables are made by code, whose changes count up the version.
    ...(colourTables.length > 0 ? { colourTables } : {}),
    ...(sounds.length > 0 ? { sounds } : {}),
    ...(drawn.some((one) => one !== null) ? { drawn } : {}),
  }
}

function hash(recipe: object): string {
  return createHash('sha256').update(JSON.stringify(recipe)).digest('hex')
}
