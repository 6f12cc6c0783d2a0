/** Names of fields in the requests of servers, as 'Additional Parameters' may contain them. */

/** These decide what is made and paid for, and each has a field of its own in the form. */
export const PROTECTED_FIELDS = ['prompt', 'model', 'seconds', 'duration', 'idempotency_key'];
/** Where servers expect the images. */
export const IMAGE_FIELDS = ['input_reference', 'frame_images', 'input_references'];
/** Where servers expect the shape of the video. */
export const SHAPE_FIELDS = ['size', 'aspect_ratio', 'resolution'];
/** Inputs of other modes: docs/protocols/lumenfall.md#image-inputs. */
export const OTHER_INPUT_FIELDS = ['input_video', 'video_url', 'image_url', 'audio_url'];

const SETTING_FIELDS = ['seed', 'user', 'negative_prompt', 'generate_audio'];
const CALLBACK_FIELDS = ['webhook_url', 'callback_url'];
const CREATIVE_FIELDS = [
	...['style', 'style_preset', 'cfg_scale', 'guidance_scale', 'motion', 'motion_strength'],
	...['camera_motion', 'camera_fixed', 'movement_amplitude', 'watermark', 'metadata'],
	...['enhance_prompt', 'prompt_enhancer', 'prompt_optimizer', 'prompt_extend'],
	...['person_generation', 'enable_safety_checker', 'safety_tolerance'],
];
/** How many videos are made. Only 1 is allowed, see `buildRequest`. */
const COUNT_FIELD = 'n';

/**
 * Additional parameters that do not change the price, or whose effect on it is known. Any other may: it can ask for several
 * videos, more frames or another provider, so the price is then unknown.
 */
export const UNPRICED_FIELDS = [
	...IMAGE_FIELDS,
	...SHAPE_FIELDS,
	...OTHER_INPUT_FIELDS,
	...SETTING_FIELDS,
	...CALLBACK_FIELDS,
	...CREATIVE_FIELDS,
	COUNT_FIELD,
];

/** None of these can be the name of a model's last-frame parameter. */
export const KNOWN_FIELDS = [
	...PROTECTED_FIELDS,
	...IMAGE_FIELDS,
	...SHAPE_FIELDS,
	...SETTING_FIELDS,
	...CALLBACK_FIELDS,
	...['provider', 'upscale_factor', 'creativity'],
	COUNT_FIELD,
];

/** Characters of an idempotency key (docs/protocols/lumenfall.md#create-request). */
export const MAX_KEY_LENGTH = 256;
