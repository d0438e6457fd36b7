/** What a stored plan tells of an output: where its parts were joined, and whether pictures were copied. */

/** Indices of the first frame of each part but the first; none where it was encoded in one piece. */
export function chunkJoins(plan, outputName) {
  const counts = videoParts(plan, outputName).map(frameCountOf)
  const starts = counts.map((_, index) => counts.slice(0, index).reduce((sum, count) => sum + count, 0))
  return starts.slice(1)
}

/** Frames of the output that no encoder has made. */
export function copiedFrames(plan, outputName, frameCount) {
  const { key } = plan.outputs.find(({ name }) => name === outputName)
  const alone = encodesOf(plan).filter((encode) => encode.key === key)
  const encoded = [...alone, ...videoParts(plan, outputName)].map(frameCountOf)
  return frameCount - encoded.reduce((sum, count) => sum + count, 0)
}

/** The encodes of an output's pictures, in the order in which they are joined. */
function videoParts(plan, outputName) {
  const { key } = plan.outputs.find(({ name }) => name === outputName)
  const assembly = plan.assemblies?.find((one) => one.key === key)
  const encodes = encodesOf(plan)
  return (assembly?.inputs ?? [])
    .flatMap((input) => encodes.find((encode) => encode.key === input.key) ?? [])
    .filter(({ expected }) => expected.picture !== null)
}

function encodesOf({ passes }) {
  return passes.flatMap(({ encodes }) => encodes)
}

function frameCountOf({ expected }) {
  return expected.picture?.frameCount ?? 0
}
