import { readFile } from 'node:fs/promises'
import { cpus, release, totalmem } from 'node:os'
import { FFMPEG, ROOT, run } from '../scripts/platform/tools.mjs'

/** What the numbers depend on. Nothing here names the machine, its user or a place on it. */
export async function describeMachine() {
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memory_gib: Number((totalmem() / 1024 ** 3).toFixed(1)),
    os: `${await distribution()}, ${process.platform} ${release().split('.', 2).join('.')}, ${process.arch}`,
    node: process.versions.node,
    ...(await describeFfmpeg()),
  }
}

/** The commit that was measured, and whether something was changed on top of it. */
export async function describeCommit() {
  const git = (/** @type {string[]} */ ...args) => run('git', args, { cwd: ROOT }).catch(() => null)
  const commit = (await git('rev-parse', 'HEAD'))?.trim() ?? null
  const changes = await git('status', '--porcelain', '--', '.', ':!bench')
  return { commit, has_changes: changes === null ? null : changes.trim() !== '' }
}

async function distribution() {
  const text = await readFile('/etc/os-release', 'utf8').catch(() => '')
  return /^PRETTY_NAME="?([^"\n]*)/m.exec(text)?.[1] ?? 'unknown'
}

async function describeFfmpeg() {
  const text = await run(FFMPEG, ['-hide_banner', '-version'])
  const configuration = /^configuration: (.*)$/m.exec(text)?.[1] ?? ''
  // Every file that x264 writes says how it was built.
  const stream = await run(FFMPEG, [
    ...['-hide_banner', '-nostdin'],
    ...['-loglevel', 'error'],
    ...['-f', 'lavfi'],
    ...['-i', 'color=size=64x36:duration=0.1'],
    ...['-c:v', 'libx264'],
    ...['-f', 'h264'],
    '-',
  ])
  return {
    ffmpeg: /^ffmpeg version (\S+)/m.exec(text)?.[1] ?? 'unknown',
    ffmpeg_configuration: configuration
      .split(' ')
      .filter((flag) =>
        /^--(enable|disable)-(lib(x264|x265|ass|svtav1|vpx)|gpl|shared|static|asm\S*)$/.test(flag),
      ),
    x264: /x264 - core (\d+(?: r\d+ \w+)?)/.exec(stream)?.[1] ?? 'unknown',
  }
}
