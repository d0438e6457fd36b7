/** @import { Sizes } from './types.d.ts' */

/**
 * The benchmark itself.
 * @type {Sizes}
 */
export const FULL = {
  source: { width: 1920, height: 1080, durationSec: 55 },
  composite: {
    trim: { start: 5, end: 35 },
    textSec: 5,
    fontSizePx: 96,
    marginPx: 48,
    qualities: ['1080p', '720p', '480p'],
  },
  long: {
    width: 1280,
    height: 720,
    durationSec: 600,
    pieceSec: 50,
    // In the middle of a group of pictures, where a cut costs something.
    trim: { start: 31, end: 571 },
    overlay: { start: 301, end: 311 },
  },
  // The quality has another size than the clip: at the same size, the clip would only be copied.
  short: { width: 1280, height: 720, quality: '480p', durationSec: 1, jobs: 20 },
  previews: 20,
  fourK: {
    source: { width: 3840, height: 2160, durationSec: 14 },
    trim: { start: 1, end: 12 },
    qualities: ['2160p', '1080p', '720p', '480p'],
  },
  transfers: { bytes: 2e9 },
  load: { statusSec: 10, submissions: 200, connections: 10 },
  scaling: {
    slots: [1, 2, 4, 8, 16, 32, 64],
    idealSec: 30,
    source: { width: 640, height: 360, durationSec: 3600, pieceSec: 50 },
    // The sizes of the outputs cost a stand-in nothing. With smaller ones, the sound, which is not cut, would weigh more.
    qualities: ['1080p', '720p', '480p'],
  },
  repeat: 3,
}

/**
 * A quick look whether it runs.
 * @type {Sizes}
 */
export const QUICK = {
  source: { width: 854, height: 480, durationSec: 12 },
  composite: {
    trim: { start: 1, end: 10 },
    textSec: 1,
    fontSizePx: 40,
    marginPx: 16,
    qualities: ['480p', '360p', '240p'],
  },
  long: {
    width: 320,
    height: 180,
    durationSec: 60,
    pieceSec: 10,
    trim: { start: 3, end: 57 },
    overlay: { start: 31, end: 33 },
  },
  short: { width: 320, height: 180, quality: '240p', durationSec: 1, jobs: 3 },
  previews: 3,
  fourK: {
    source: { width: 640, height: 360, durationSec: 4 },
    trim: { start: 1, end: 3 },
    qualities: ['360p', '240p'],
  },
  transfers: { bytes: 50e6 },
  load: { statusSec: 2, submissions: 20, connections: 10 },
  scaling: {
    slots: [1, 4],
    idealSec: 3,
    source: { width: 640, height: 360, durationSec: 60, pieceSec: 10 },
    qualities: ['240p'],
  },
  repeat: 1,
}
