/** Changes to the bytes of a file, for files that ffmpeg does not write. */

type Change = (bytes: Buffer) => Buffer

/** What is left of a file when an upload or a disk breaks off. */
export function first(share: number): Change {
  return (bytes) => bytes.subarray(0, Math.round(bytes.length * share))
}

/** Overwrites a part, [from, to) as shares of the file, with noise that is the same every time. */
export function noise(from: number, to: number): Change {
  let state = 12_345
  return (bytes) =>
    overwrite(bytes, from, to, () => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff
      return state >> 16
    })
}

export function zeros(from: number, to: number): Change {
  return (bytes) => overwrite(bytes, from, to, () => 0)
}

function overwrite(bytes: Buffer, from: number, to: number, next: () => number): Buffer {
  const changed = Buffer.from(bytes)
  for (let at = Math.round(bytes.length * from); at < bytes.length * to; at += 1) changed[at] = next() & 255
  return changed
}

/** Rotates the picture of an MP4 by the display matrix of its first track. */
export function turned(clockwise: 90 | 180 | 270): Change {
  const [a, b, c, d] = { 90: [0, 1, -1, 0], 180: [-1, 0, 0, -1], 270: [0, -1, 1, 0] }[clockwise]
  return (bytes) => {
    const changed = Buffer.from(bytes)
    const matrix = changed.indexOf('tkhd') + 4 + 40
    ;[a, b, 0, c, d].forEach((value = 0, index) => changed.writeInt32BE(value * 65_536, matrix + index * 4))
    return changed
  }
}

/** Makes the edit list of an MP4's first track leave out its beginning, in units of the track and of the movie. */
export function editedIn(trackUnits: number, movieUnits: number): Change {
  return (bytes) => {
    const changed = Buffer.from(bytes)
    const entry = changed.indexOf('elst') + 12
    changed.writeUInt32BE(changed.readUInt32BE(entry) - movieUnits, entry)
    changed.writeInt32BE(changed.readInt32BE(entry + 4) + trackUnits, entry + 4)
    return changed
  }
}
