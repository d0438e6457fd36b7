import { readFile, writeFile } from 'node:fs/promises'

/** A TIFF header with the one entry 0x0112, the orientation, in big-endian byte order. */
const TIFF = '4d4d002a00000008' + '0001' + '0112' + '0003' + '00000001'

/** Writes the orientation into a JPEG, as cameras do: 6 says that a player rotates it clockwise by 90°. */
export async function setOrientation(path: string, orientation: number): Promise<string> {
  const jpeg = await readFile(path)
  const value = orientation.toString(16).padStart(4, '0')
  const exif = Buffer.concat([
    Buffer.from('Exif\0\0'),
    Buffer.from(`${TIFF}${value}0000` + '00000000', 'hex'),
  ])
  const length = Buffer.alloc(2)
  length.writeUInt16BE(exif.length + 2)
  const marker = Buffer.from('ffe1', 'hex')
  await writeFile(path, Buffer.concat([jpeg.subarray(0, 2), marker, length, exif, jpeg.subarray(2)]))
  return path
}
