// Loaded into a process whose kept memory a test looks at: on SIGUSR2 it collects its garbage and writes how many bytes
// are left, in the heap and outside of it, to a file named by its process id. What the system counts (RSS) goes up and
// down with the collector's moods by more than a leak of a thousand streams.
import { renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose-gc')
const dir = process.env.TELL_MEMORY_DIR ?? ''

process.on('SIGUSR2', () => {
  runInNewContext('gc()')
  const { heapUsed, external } = process.memoryUsage()
  const file = join(dir, String(process.pid))
  writeFileSync(`${file}.new`, String(heapUsed + external))
  renameSync(`${file}.new`, file)
})
