/**
 * The limit for an image in JSON is 20 MiB of text, which is 15 MB of bytes
 * (docs/protocols/openai-videos.md#create-request).
 */
export const MAX_IMAGE_BYTES = 15_000_000;

/** Larger images are allowed if they are resized before sending. This is a photo of 24 megapixels as PNG. */
export const MAX_BYTES_TO_RESIZE = 60_000_000;

/** Resizing needs about 20 bytes of memory per pixel, so this is half a gigabyte. */
export const MAX_PIXELS = 25_000_000;
