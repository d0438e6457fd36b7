/**
 * What a stored plan tells of an output: where its parts were joined, and whether pictures were copied.
 * @import { Encode, Plan } from '../src/plan/model/plan.js'
 */

/**
 * @param {Plan} plan
 * @param {string} outputName
 * @returns {number[]} the index of the first frame of each part but the first; none where the output was encoded in one
 *   piece
 */
export function chunkJoins(plan, outputName) {
  const counts = videoParts(plan, outputName).map(frameCountOf)
  const starts = counts.map((_, index) => counts.slice(0, index).reduce((sum, count) => sum + count, 0))
  return starts.slice(1)
}

/**
 * @param {Plan} plan
 * @param {string} outputName
 * @param {number} frameCount frames of the output
 * @returns {number} how many of them no encoder has made
 */
export function copiedFrames(plan, outputName, frameCount) {
  const key = keyOf(plan, outputName)
  const alone = encodesOf(plan).filter((encode) => encode.key === key)
  const encoded = [...alone, ...videoParts(plan, outputName)].map(frameCountOf)
  return frameCount - encoded.reduce((sum, count) => sum + count, 0)
}

/**
 * The encodes of an output's pictures, in the order in which they are joined.
 * @param {Plan} plan
 * @param {string} outputName
 */
function videoParts(plan, outputName) {
  const key = keyOf(plan, outputName)
  const assembly = plan.assemblies.find((one) => one.key === key)
  const encodes = encodesOf(plan)
  return (assembly?.inputs ?? [])
    .flatMap((input) => encodes.find((encode) => encode.key === input.key) ?? [])
    .filter(({ expected }) => expected.picture !== null)
}

/**
 * @param {Plan} plan
 * @param {string} outputName
 */
function keyOf({ outputs }, outputName) {
  return outputs.find(({ name }) => name === outputName)?.key
}

/** @param {Plan} plan */
function encodesOf({ passes }) {
  return passes.flatMap(({ encodes }) => encodes)
}

/** @param {Encode} encode */
function frameCountOf({ expected }) {
  return expected.picture?.frameCount ?? 0
}
