/** Names of fields in the requests of the servers, as 'Additional Parameters' may hold them. */

/** These decide what is made and paid for, and each has a field of its own in the form. */
export const PROTECTED_FIELDS = ['prompt', 'model', 'seconds', 'duration', 'idempotency_key'];
/** Where servers have the pictures. */
export const IMAGE_FIELDS = ['input_reference', 'frame_images', 'input_references'];
/** Where servers have the shape of the video. */
export const SHAPE_FIELDS = ['size', 'aspect_ratio', 'resolution'];
/** What these do to the price no list tells: OpenRouter's options for a provider, such as several videos at once. */
export const PRICED_FIELDS = ['provider', 'upscale_factor', 'creativity'];
/** None of these can be what a model calls its last frame. */
export const KNOWN_FIELDS = [
	...PROTECTED_FIELDS,
	...IMAGE_FIELDS,
	...SHAPE_FIELDS,
	...PRICED_FIELDS,
	...['n', 'seed', 'user', 'negative_prompt', 'generate_audio', 'webhook_url', 'callback_url'],
];
