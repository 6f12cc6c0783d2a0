import type { Offer } from './offers.mts';
import { pricingSkus } from './prices.mts';

const CREATED = 1_760_000_000;

/** `VideoModel` of OpenRouter's OpenAPI file, and `input_modalities`, which is missing in that file. */
export function formatVideoModel(offer: Offer) {
	const { model, resolutions, durations, sizes, frames, hasSound, upscale } = offer;
	return {
		...nameOf(offer),
		description: `${model.name} by ${model.creator} makes videos.`,
		created: CREATED,
		hugging_face_id: null,
		input_modalities: inputsOf(offer),
		supported_resolutions: upscale ? null : resolutions,
		supported_aspect_ratios: upscale ? null : model.ratios,
		supported_sizes: upscale ? null : sizes,
		supported_durations: upscale ? null : durations,
		supported_frame_images: frames.length > 0 ? frames : null,
		generate_audio: hasSound || null,
		seed: model.seed ?? null,
		upscale_factor: upscale?.factor ?? null,
		creativity: upscale?.creativity ?? null,
		pricing_skus: pricingSkus(offer),
		allowed_passthrough_parameters: [],
	};
}

/**
 * `Model` of the OpenAPI file, as in `GET /models`. It was made for language models, so most fields are empty for a
 * video model.
 */
export function formatListedVideoModel(offer: Offer) {
	return formatListed({
		...nameOf(offer),
		inputs: inputsOf(offer),
		output: 'video',
		contextLength: 0,
		pricing: { prompt: '0', completion: '0' },
	});
}

/** Two of the hundreds of language models in `GET /models`. */
export function listLanguageModels() {
	return [
		formatListed({
			id: 'openai/gpt-4',
			canonical_slug: 'openai/gpt-4',
			name: 'OpenAI: GPT-4',
			inputs: ['text'],
			output: 'text',
			contextLength: 8192,
			pricing: { prompt: '0.00003', completion: '0.00006' },
		}),
		formatListed({
			id: 'qwen/qwen3-vl-8b-instruct',
			canonical_slug: 'qwen/qwen3-vl-8b-instruct',
			name: 'Qwen: Qwen3 VL 8B Instruct',
			inputs: ['text', 'image'],
			output: 'text',
			contextLength: 131_072,
			pricing: { prompt: '0.00000008', completion: '0.0000005' },
		}),
	];
}

interface Listed {
	id: string;
	canonical_slug: string;
	name: string;
	inputs: string[];
	output: string;
	contextLength: number;
	pricing: { prompt: string; completion: string };
}

function formatListed({ inputs, output, contextLength, pricing, ...name }: Listed) {
	return {
		...name,
		created: CREATED,
		context_length: contextLength,
		architecture: {
			modality: `${inputs.join('+')}->${output}`,
			input_modalities: inputs,
			output_modalities: [output],
			tokenizer: 'Other',
			instruct_type: null,
		},
		pricing,
		top_provider: {
			context_length: contextLength,
			max_completion_tokens: null,
			is_moderated: false,
		},
		per_request_limits: null,
		supported_parameters: [],
		default_parameters: null,
		supported_voices: null,
		links: { details: `/api/v1/models/${name.canonical_slug}/endpoints` },
	};
}

function nameOf({ model, slug }: Offer) {
	return { id: model.id, canonical_slug: slug, name: `${model.creator}: ${model.name}` };
}

function inputsOf({ upscale, supportsImages, supportsVideos, supportsAudio }: Offer): string[] {
	if (upscale) return ['video'];
	return [
		'text',
		...(supportsImages ? ['image'] : []),
		...(supportsVideos ? ['video'] : []),
		...(supportsAudio ? ['audio'] : []),
	];
}
