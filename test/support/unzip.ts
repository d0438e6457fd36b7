import { buffer } from 'node:stream/consumers'
import { crc32 } from 'node:zlib'
import { fromBufferPromise } from 'yauzl'

/** The files of an archive, by their paths in it, in its order. Throws where a file is not as the archive says. */
export async function unzip(archive: Buffer): Promise<Map<string, Buffer>> {
  const zip = await fromBufferPromise(archive, { validateEntrySizes: true, strictFileNames: true })
  const files = new Map<string, Buffer>()
  for await (const entry of zip.eachEntry()) {
    const contents = await buffer(await zip.openReadStreamPromise(entry))
    if (crc32(contents) !== entry.crc32) throw new Error(`${entry.fileName} has another sum of bytes`)
    files.set(entry.fileName, contents)
  }
  return files
}
