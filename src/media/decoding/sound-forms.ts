import { hasClock } from '../../plan/inputs/open-audio.js'
import type { AudioFacts, Damage, MediaFacts, SoundForm } from '../../plan/model/facts.js'
import { openingArgs } from '../probe/probe.js'
import { createLineReader } from '../process/line-reader.js'
import { readLogLine } from '../process/log-line.js'
import { runMediaProcess } from '../process/spawn-media.js'
import { readComplaint } from './complaints.js'

/** ffmpeg's filter for what decoders give names the form of the sound, and is made anew when that changes. */
const FORM = / samplerate:(\d+) chlayout:(.*)$/

/** Codecs whose packets cannot change what the header says, until another header comes. */
const CONSTANT = /^(pcm_|adpcm_|flac$|alac$|opus$|vorbis$|wmav|wmapro$|wmalossless$)/

interface DecodedFile {
  readonly path: string
  readonly facts: MediaFacts
  readonly signal: AbortSignal
}

/** The tracks, with the forms that each of them has, and their length. Decodes the sound of the file. */
export async function withSoundForms(
  ffmpegPath: string,
  file: DecodedFile,
): Promise<Pick<MediaFacts, 'audio' | 'durationSec'>> {
  const tracks: AudioFacts[] = []
  for (const track of file.facts.audio) {
    const isJoined = !hasClock(file.facts) && track.jumps !== undefined
    const canChange = !track.cannotDecode && (isJoined || !CONSTANT.test(track.codec))
    const forms = canChange ? await listForms(ffmpegPath, file, track) : []
    tracks.push(forms.length > (isJoined ? 0 : 1) ? { ...track, forms } : track)
  }
  const { durationSec } = file.facts
  const [only] = tracks
  if (hasClock(file.facts) || !only?.forms) return { audio: tracks, durationSec }
  const { heardSec, hasComplaints } = await decodedLength(ffmpegPath, file, only)
  const damage = hasComplaints ? foundDamage(only, heardSec) : only.damage
  const heard = damage ? { damage: { ...damage, foundSec: heardSec } } : {}
  return { audio: [{ ...only, durationSec: heardSec, ...heard }], durationSec: heardSec }
}

/** Since 8 ffmpeg stops where the next file of an Ogg has another rate. Times of packets there are wrong by the rates. */
const MOST_HEARD_SHARE = 0.8

function foundDamage({ damage, durationSec }: AudioFacts, heardSec: number): Damage | undefined {
  if (damage || heardSec > durationSec * MOST_HEARD_SHARE) return damage
  return { kind: 'breaks-off', foundSec: heardSec, statedSec: null }
}

/** Samples per second and bytes of one, for counting. */
const COUNTED = { rate: 8000, args: ['-ac', '1', '-ar', '8000', '-f', 'u8'] } as const

/** How long sound is that is counted by its samples. */
async function decodedLength(
  ffmpegPath: string,
  { path, facts, signal }: DecodedFile,
  { index }: AudioFacts,
): Promise<{ readonly heardSec: number; readonly hasComplaints: boolean }> {
  let bytes = 0
  let hasComplaints = false
  const lines = createLineReader((line) => {
    hasComplaints ||= readComplaint(line) !== null
  })
  await runMediaProcess({
    command: ffmpegPath,
    args: [
      ...['-v', 'level+error', '-hide_banner', '-nostdin', '-nostats'],
      ...[...openingArgs(facts), '-i', `file:${path}`, '-map', `0:${index}`, ...COUNTED.args, 'pipe:1'],
    ],
    cwd: '/',
    signal,
    onStdout: (chunk) => {
      bytes += chunk.length
    },
    onStderr: lines.read,
  })
  lines.end()
  return { heardSec: bytes / COUNTED.rate, hasComplaints }
}

/** None when the track cannot be decoded. Forms that follow one another differ. */
async function listForms(
  ffmpegPath: string,
  { path, facts, signal }: DecodedFile,
  { index }: AudioFacts,
): Promise<SoundForm[]> {
  const forms: SoundForm[] = []
  const lines = createLineReader((line) => {
    const own = readLogLine(line)
    const [, rate, layout = ''] = (own?.level === 'verbose' && FORM.exec(own.text)) || []
    const form = { sampleRate: Number(rate), layout }
    const isNew = !forms.some((known) => isSame(known, form))
    if (rate !== undefined && isNew && forms.length < MOST_FORMS) forms.push(form)
  })
  await runMediaProcess({
    command: ffmpegPath,
    args: [
      ...['-v', 'level+verbose', '-hide_banner', '-nostdin', '-nostats'],
      ...openingArgs(facts),
      ...['-copyts', '-i', `file:${path}`],
      ...['-map', `0:${index}`, '-f', 'null', '-'],
    ],
    cwd: '/',
    signal,
    onStdout: () => undefined,
    onStderr: lines.read,
  })
  lines.end()
  return forms
}

/** More are not named. */
const MOST_FORMS = 8

function isSame(a: SoundForm, b: SoundForm): boolean {
  return a.sampleRate === b.sampleRate && a.layout === b.layout
}
