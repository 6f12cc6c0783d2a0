/** Names of fields in the requests of the servers, as 'Additional Parameters' may hold them. */

/** These decide what is made and paid for, and each has a field of its own in the form. */
export const PROTECTED_FIELDS = ['prompt', 'model', 'seconds', 'duration', 'idempotency_key'];
/** Where servers have the pictures. */
export const PICTURE_FIELDS = ['input_reference', 'frame_images', 'input_references'];
/** Where servers have the shape of the video. */
export const SHAPE_FIELDS = ['size', 'aspect_ratio', 'resolution'];
