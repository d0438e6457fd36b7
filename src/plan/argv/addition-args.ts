import { CONTAINER_TRAITS } from '../../edit/output/containers.js'
import type { Container } from '../../edit/output/formats.js'
import type { AddedSubtitles, Additions } from '../model/additions.js'
import { madeFileArgs } from './input-args.js'

/** ffmpeg's names of the formats. */
const DEMUXERS: Readonly<Record<AddedSubtitles['format'], string>> = { srt: 'srt', vtt: 'webvtt' }

/** The arguments that open the side files of additions, which are inputs after those of the pass. */
export function additionInputs({ labels, subtitles }: Additions): string[] {
  return [
    ...subtitles.flatMap(({ format, file }) => madeFileArgs(DEMUXERS[format], file)),
    ...madeFileArgs('ffmetadata', labels),
  ]
}

/** Number of these inputs. */
export function additionCount(additions: Additions | undefined): number {
  return additions ? additions.subtitles.length + 1 : 0
}

/**
 * The arguments that put additions into a file. Titles, places and chapters of the source stay out.
 * @param first number of the first of these inputs
 */
export function additionArgs(
  { subtitles, sounds = [], hasChapters }: Additions,
  container: Container,
  first: number,
): string[] {
  const labels = first + subtitles.length
  return [
    ...subtitles.flatMap((_, index) => ['-map', `${first + index}:s:0`]),
    ...(subtitles.length > 0 ? ['-c:s', CONTAINER_TRAITS[container].isIsoMedia ? 'mov_text' : 'copy'] : []),
    // Not with -1 for all before it: most versions would leave out the titles of chapters, too.
    ...['-map_metadata', String(labels), '-map_metadata:s', '-1'],
    ...sounds.flatMap(({ isDefault }, index) => [
      ...[`-map_metadata:s:a:${index}`, `${labels}:s:${index}`],
      ...[`-disposition:a:${index}`, isDefault ? 'default' : '0'],
    ]),
    ...subtitles.flatMap((track, index) => [
      ...[`-map_metadata:s:s:${index}`, `${labels}:s:${sounds.length + index}`],
      ...[`-disposition:s:${index}`, dispositionOf(track)],
    ]),
    ...['-map_chapters', hasChapters ? String(labels) : '-1'],
  ]
}

function dispositionOf({ isDefault, isForced }: AddedSubtitles): string {
  const flags = [...(isDefault ? ['default'] : []), ...(isForced ? ['forced'] : [])]
  return flags.length > 0 ? flags.join('+') : '0'
}
