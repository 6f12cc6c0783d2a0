/** Limits against damaged and hostile files. Real clips are far below all of them. */

/** Length of a clip and of the joined video. */
export const MAX_SECONDS = 4 * 3600;

/** Samples of one track: four hours of AAC at 48 kHz, or of video at 50 frames per second. */
export const MAX_SAMPLES = 750_000;

/** One `moov` or `moof` box. */
export const MAX_INDEX_BYTES = 16 * 1024 * 1024;

/** One sample entry: the codec, its settings and the colors. */
export const MAX_ENTRY_BYTES = 64 * 1024;

/** Tracks of one file. Further tracks are not read. */
export const MAX_TRACKS = 32;

/** Boxes within one box of the index. */
export const MAX_CHILD_BOXES = 4096;

/** Boxes on the top level of a file: two for each fragment. */
export const MAX_TOP_LEVEL_BOXES = 200_000;

/**
 * Media data of the joined video. With its index it stays below 4 GiB, so that 32-bit offsets suffice, which every
 * player reads.
 */
export const MAX_MEDIA_BYTES = 2 ** 32 - 64 * 1024 * 1024;
