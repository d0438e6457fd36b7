/** Name of a numbered picture, counted from 1 as ffmpeg does. */
export function imageName(stem: string, index: number): string {
  return `${stem}-${String(index + 1).padStart(3, '0')}.jpg`
}

/** The same for ffmpeg, which numbers them itself. */
export function imagePattern(stem: string): string {
  return `${stem}-%03d.jpg`
}
