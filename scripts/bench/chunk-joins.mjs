/**
 * Where the parts of an output were joined: the indices of the first frame of each part but the first. Empty
 * where it was encoded in one piece.
 */
export function chunkJoins(plan, outputKey) {
  const parts = videoParts(plan, outputKey)
  const joins = []
  let frames = 0
  for (const { expected } of parts.slice(0, -1)) {
    frames += expected.picture.frameCount
    joins.push(frames)
  }
  return joins
}

/** The encodes of an output's pictures, in order. */
function videoParts({ passes, assemblies = [] }, outputKey) {
  const assembly = assemblies.find(({ key }) => key === outputKey)
  if (!assembly) return []
  const encodes = passes.flatMap(({ encodes }) => encodes)
  return assembly.video.map((key) => encodes.find((encode) => encode.key === key))
}
