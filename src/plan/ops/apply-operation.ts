import type { Operation } from '../../edit/operation.js'
import { assertNever } from '../../errors.js'
import type { OperationContext } from '../context.js'
import type { Timeline } from '../frames/timeline.js'
import { applyBlur } from './blur.js'
import { applyColor } from './color.js'
import { applyConcat } from './concat.js'
import { applyCrop } from './crop.js'
import { applyDeinterlace } from './deinterlace.js'
import { applyFade } from './fade.js'
import { applyFlip } from './flip.js'
import { applyLoudness } from './loudness.js'
import { applyMute } from './mute.js'
import { applyOverlay } from './overlay.js'
import { applyPad } from './pad.js'
import { applyReplaceAudio } from './replace-audio.js'
import { applyResize } from './resize.js'
import { applyRotate } from './rotate.js'
import { applySpeed } from './speed.js'
import { applySubtitles } from './subtitles.js'
import { applyTrim } from './trim.js'
import { applyVignette } from './vignette.js'
import { applyVolume } from './volume.js'
import { applyWatermark } from './watermark.js'
import { applyZoom } from './zoom.js'

/** Applies an operation to the material. Mistakes are noted in the context's findings. */
export function applyOperation(context: OperationContext, op: Operation, timeline: Timeline): Timeline {
  switch (op.type) {
    case 'trim':
      return applyTrim(context, op, timeline)
    case 'overlay':
      return applyOverlay(context, op, timeline)
    case 'watermark':
      return applyWatermark(context, op, timeline)
    case 'crop':
      return applyCrop(context, op, timeline)
    case 'pad':
      return applyPad(context, op, timeline)
    case 'resize':
      return applyResize(context, op, timeline)
    case 'rotate':
      return applyRotate(context, op, timeline)
    case 'flip':
      return applyFlip(context, op, timeline)
    case 'speed':
      return applySpeed(context, op, timeline)
    case 'fade':
      return applyFade(context, op, timeline)
    case 'volume':
      return applyVolume(context, op, timeline)
    case 'mute':
      return applyMute(context, op, timeline)
    case 'loudness':
      return applyLoudness(context, op, timeline)
    case 'replace_audio':
      return applyReplaceAudio(context, op, timeline)
    case 'color':
      return applyColor(context, op, timeline)
    case 'blur':
      return applyBlur(context, op, timeline)
    case 'vignette':
      return applyVignette(context, op, timeline)
    case 'deinterlace':
      return applyDeinterlace(context, timeline)
    case 'concat':
      return applyConcat(context, op, timeline)
    case 'subtitles':
      return applySubtitles(context, op, timeline)
    case 'zoom':
      return applyZoom(context, op, timeline)
    default:
      return assertNever(op)
  }
}
