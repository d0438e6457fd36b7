import { execFile } from 'node:child_process'
import { REFERENCE_FFMPEG } from './lavfi.js'

export interface Loudness {
  readonly lufs: number
  readonly truePeakDb: number
}

/** What ffmpeg's own meter reports at the end of a file's sound (EBU R 128). */
export async function meterFile(file: string, track = 0): Promise<Loudness> {
  const summary = await new Promise<string>((resolve, reject) => {
    const filter = ['-map', `0:a:${track}`, '-af', 'ebur128=peak=true', '-f', 'null', '-']
    execFile(REFERENCE_FFMPEG, ['-hide_banner', '-nostats', '-i', file, ...filter], (error, _, stderr) => {
      if (error) reject(new Error(stderr, { cause: error }))
      else resolve(stderr.slice(stderr.lastIndexOf('Summary:')))
    })
  })
  const value = (label: string) => Number(new RegExp(`${label}:\\s+(\\S+)`).exec(summary)?.[1] ?? NaN)
  return { lufs: value('I'), truePeakDb: value('Peak') }
}
