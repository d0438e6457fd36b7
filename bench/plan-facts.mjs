/** What a stored plan tells of an output: where its parts were joined, and whether pictures were copied. */

/**
 * Indices of the first frame of each part but the first; none where it was encoded in one piece.
 * @param {import('../src/plan/model/plan.js').Plan} plan
 * @returns {number[]}
 */
export function chunkJoins(plan, outputName) {
  const counts = videoParts(plan, outputName).map(frameCountOf)
  const starts = counts.map((_, index) => counts.slice(0, index).reduce((sum, count) => sum + count, 0))
  return starts.slice(1)
}

/**
 * Frames of the output that no encoder has made.
 * @param {import('../src/plan/model/plan.js').Plan} plan
 */
export function copiedFrames(plan, outputName, frameCount) {
  const key = keyOf(plan, outputName)
  const alone = encodesOf(plan).filter((encode) => encode.key === key)
  const encoded = [...alone, ...videoParts(plan, outputName)].map(frameCountOf)
  return frameCount - encoded.reduce((sum, count) => sum + count, 0)
}

/**
 * The encodes of an output's pictures, in the order in which they are joined.
 * @param {import('../src/plan/model/plan.js').Plan} plan
 */
function videoParts(plan, outputName) {
  const key = keyOf(plan, outputName)
  const assembly = plan.assemblies.find((one) => one.key === key)
  const encodes = encodesOf(plan)
  return (assembly?.inputs ?? [])
    .flatMap((input) => encodes.find((encode) => encode.key === input.key) ?? [])
    .filter(({ expected }) => expected.picture !== null)
}

/** @param {import('../src/plan/model/plan.js').Plan} plan */
function keyOf({ outputs }, outputName) {
  return outputs.find(({ name }) => name === outputName)?.key
}

/** @param {import('../src/plan/model/plan.js').Plan} plan */
function encodesOf({ passes }) {
  return passes.flatMap(({ encodes }) => encodes)
}

function frameCountOf({ expected }) {
  return expected.picture?.frameCount ?? 0
}
