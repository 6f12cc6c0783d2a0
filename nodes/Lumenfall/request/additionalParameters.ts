import { isRecord } from '../support/isRecord';

/** Field names in requests, as 'Additional Parameters' may contain them. */

/** These fields decide what is created and paid for. Each has its own field in the form. */
export const PROTECTED_FIELDS = ['prompt', 'model', 'seconds', 'duration', 'idempotency_key'];
/** Fields for images. */
export const IMAGE_FIELDS = ['input_reference', 'frame_images', 'input_references'];
/** Fields for the shape of the video. */
export const SHAPE_FIELDS = ['size', 'aspect_ratio', 'resolution'];
/** Fields for inputs of other modes: docs/protocols/lumenfall.md#image-inputs. */
export const OTHER_INPUT_FIELDS = ['input_video', 'video_url', 'image_url', 'audio_url'];

/** Fields for an earlier video: docs/protocols/video-changes.md. */
export const SOURCE_FIELDS = [
	...['video', 'video_url', 'input_video', 'video_uri', 'video_reference', 'media'],
	...['previous_job_id', 'extend_video_id', 'input_reference', 'input_references'],
];

const SETTING_FIELDS = ['seed', 'user', 'negative_prompt', 'generate_audio'];
const CALLBACK_FIELDS = ['webhook_url', 'callback_url'];
const CREATIVE_FIELDS = [
	...['style', 'style_preset', 'cfg_scale', 'guidance_scale', 'motion', 'motion_strength'],
	...['camera_motion', 'camera_fixed', 'movement_amplitude', 'watermark', 'metadata'],
	...['enhance_prompt', 'prompt_enhancer', 'prompt_optimizer', 'prompt_extend'],
	...['person_generation', 'enable_safety_checker', 'safety_tolerance'],
];
/** The number of videos in OpenAI's contract. Only 1 is allowed, see `COUNT_FIELDS`. */
const COUNT_FIELD = 'n';

const WHAT =
	'(videos?|outputs?|samples?|generations?|variants?|variations?|results?|clips?|candidates?)';
/** Names of a number of videos on any server, without `_`, `-` and brackets. */
export const COUNT_FIELDS = new RegExp(
	`^(n|count|quantity|copies|variants|variations|batch(size|count)?|(n|num|number|numberof|max)${WHAT}(per\\w+)?|${WHAT}(count|number|num))$`,
	'i',
);

/** Names that count videos only if the value is a small number. Otherwise it may be a list of files, or a sampling rate. */
export const MAYBE_COUNT_FIELDS =
	/^(videos|outputs|samples|generations|results|clips|candidates|(num|numberof)return(sequences|videos))$/i;

/**
 * Additional parameters that do not change the price, or whose effect on it is known. Any other parameter makes the
 * price unknown: it may request several videos, more frames or another provider.
 */
const UNPRICED_FIELDS = [
	...IMAGE_FIELDS,
	...SHAPE_FIELDS,
	...OTHER_INPUT_FIELDS,
	...SETTING_FIELDS,
	...CALLBACK_FIELDS,
	...CREATIVE_FIELDS,
	COUNT_FIELD,
];

/** Relays such as new-api send each field of `metadata` to the provider, as if it were the request's own. */
const COPIED_FIELD = 'metadata';
/** A name in `metadata` that ends with one of these words changes the price: `durationSeconds`, `max_fps`. */
const PRICED_WORDS = [
	...['seconds', 'duration', 'length', 'frames', 'fps', 'resolution', 'quality'],
	...['width', 'height', 'upscale', 'factor'],
];
/** These words change the price if they stand alone or are about the video. Other names are labels: `car_model`, `customer_tier`. */
const PRICED_NAMES = /^((video|output|generat(e|ion)) )?(size|mode|model|tier|audio|sound)$/;

/**
 * Reports whether additional parameters may change the price in a way that is not known.
 * @param parameters by name, as they are sent
 */
export function mayChangePrice(parameters: object): boolean {
	return Object.entries(parameters).some(([name, value]: [string, unknown]) => {
		if (!UNPRICED_FIELDS.includes(name)) return true;
		const labels = name === COPIED_FIELD && isRecord(value) ? Object.keys(value) : [];
		return labels.some(isPriced);
	});
}

function isPriced(label: string): boolean {
	const words = label
		.replace(/(?<=[a-z])(?=[A-Z])/g, ' ')
		.toLowerCase()
		.split(/[\s_-]+/);
	return PRICED_WORDS.includes(words[words.length - 1]) || PRICED_NAMES.test(words.join(' '));
}

/** A model's last-frame parameter cannot have one of these names. */
export const KNOWN_FIELDS = [
	...PROTECTED_FIELDS,
	...IMAGE_FIELDS,
	...SHAPE_FIELDS,
	...SETTING_FIELDS,
	...CALLBACK_FIELDS,
	...['provider', 'upscale_factor', 'creativity'],
	COUNT_FIELD,
];
