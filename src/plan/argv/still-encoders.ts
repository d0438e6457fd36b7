/** ffmpeg's encoders of still pictures. */
export const JPEG_ENCODER = 'mjpeg'
export const PNG_ENCODER = 'png'
export const WEBP_PICTURE_ENCODER = 'libwebp'
