/** @typedef {readonly [name: string, value?: string]} Option an option of ffmpeg */

/** Options of ffmpeg that stand alone; all others are followed by a value. */
const FLAGS = new Set(['-an', '-vn', '-sn', '-dn', '-shortest', '-y', '-nostdin', '-hide_banner'])

const SOUND_CODING = ['-c:a', '-b:a', '-ac', '-ar']

/** Options that say how pictures and sound are coded. An output's other options say which to take, and where to put them. */
const CODING = new Set([
  '-c:v',
  '-preset',
  '-tune',
  '-profile:v',
  '-level',
  '-crf',
  '-maxrate',
  '-bufsize',
  '-g',
  '-keyint_min',
  '-sc_threshold',
  '-bf',
  '-refs',
  '-x264-params',
  '-x264opts',
  '-flags',
  '-pix_fmt',
  '-colorspace',
  '-color_primaries',
  '-color_trc',
  '-color_range',
  ...SOUND_CODING,
])

/** How x264 spreads its work: a command by hand may use the whole machine. */
const SPREADING = /^(threads|lookahead[-_]threads|sliced[-_]threads|sync[-_]lookahead)=/

/**
 * The outputs of a command, with the options of each in order. An output ends with its file, which no option comes
 * before.
 * @param {readonly string[]} argv
 * @returns {{ file: string, options: Option[] }[]}
 */
export function outputOptions(argv) {
  const outputs = []
  /** @type {Option[]} */
  let options = []
  for (let index = 0; index < argv.length; index += 1) {
    const token = argv[index] ?? ''
    if (!token.startsWith('-') || token === '-') {
      outputs.push({ file: token, options })
      options = []
    } else if (FLAGS.has(token)) {
      options.push([token])
    } else {
      index += 1
      options.push([token, argv[index] ?? ''])
      // The options so far belong to an input.
      if (token === '-i') options = []
    }
  }
  return outputs
}

/**
 * The encoders' arguments of an output: the same coding, spread over all cores by ffmpeg's own choice.
 * @param {readonly Option[]} options
 * @returns {string[]}
 */
function codingArguments(options) {
  return options.flatMap(([name, value = '']) => {
    if (!CODING.has(name)) return []
    if (name !== '-x264-params' && name !== '-x264opts') return [name, value]
    const kept = value.split(':').filter((param) => !SPREADING.test(param))
    return kept.length === 0 ? [] : [name, kept.join(':')]
  })
}

/**
 * From the passes of a dry run, the encoders' arguments of the output whose pictures are capped at that bit rate, with
 * those of its sound, which may be coded by a pass of its own.
 * @param {readonly { readonly ffmpeg_arguments: readonly string[] }[]} passes
 * @param {number | null} maxBitRate null: not capped
 * @throws Error when no pass encodes such pictures
 */
export function encoderArguments(passes, maxBitRate) {
  const all = passes.flatMap(({ ffmpeg_arguments: argv }) => outputOptions(argv))
  const video = all.find(({ options }) => isEncoded(options, '-c:v') && capOf(options) === maxBitRate)
  if (!video) throw new Error(`The plan encodes no pictures with the cap ${maxBitRate}.`)
  const own = codingArguments(video.options)
  if (own.includes('-c:a')) return own
  const audio = all.find(({ options }) => isEncoded(options, '-c:a'))
  const sound = audio?.options.filter(([name]) => SOUND_CODING.includes(name)) ?? []
  return [...own, ...codingArguments(sound)]
}

/** @param {readonly Option[]} options */
function capOf(options) {
  const cap = options.find(([name]) => name === '-maxrate')
  return cap ? Number(cap[1]) : null
}

/**
 * @param {readonly Option[]} options
 * @param {string} name
 */
function isEncoded(options, name) {
  return options.some(([option, value]) => option === name && value !== 'copy')
}
