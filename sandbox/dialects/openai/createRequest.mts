import { invalidValue } from '../videosApi/response.mts';
import { plainError, type ApiError } from '../../server/apiError.mts';
import { nestedFields, type ReceivedBody } from '../../server/readBody.mts';
import { parsePixels } from '../../models/frameSize.mts';
import { readImageFile, readImageUrl, type InputImage } from '../../server/inputImages.mts';
import type { JobRequest } from '../../jobs/job.mts';
import { pricePerSecond, type Model } from '../../models/models.mts';

const imageTypes = ['image/png', 'image/jpeg', 'image/webp'];
const knownFields = ['prompt', 'model', 'seconds', 'size', 'input_reference'];
const MAX_PROMPT_LENGTH = 32_000;

/** The supported values of a strict server. */
export interface Limits {
	seconds: string[];
	sizesOf(model: Model): string[];
	/** Returns the model of that name, or throws the refusal. */
	requireModel(id: string): Model;
}

/** Reads a create request. Throws OpenAI's original refusal if it is not valid. */
export async function readCreateRequest(body: ReceivedBody, limits: Limits): Promise<JobRequest> {
	const fields = nestedFields(body);
	const unknown = Object.keys(fields).find((name) => !knownFields.includes(name));
	if (unknown) throw invalid(`Unknown parameter: '${unknown}'.`, 'unknown_parameter', unknown);

	const prompt = readText(fields, 'prompt');
	if (!prompt) throw missing('prompt');
	if (prompt.length > MAX_PROMPT_LENGTH) {
		const limit = `Expected a string with maximum length ${MAX_PROMPT_LENGTH}`;
		throw invalid(
			`Invalid 'prompt': string too long. ${limit}.`,
			'string_above_max_length',
			'prompt',
		);
	}
	const modelId = readText(fields, 'model') ?? 'sora-2';
	const model = limits.requireModel(modelId);
	const seconds = readChoice(fields, 'seconds', limits.seconds) ?? '4';
	const size = readChoice(fields, 'size', limits.sizesOf(model)) ?? '720x1280';
	const frame = parsePixels(size)!;

	const image = await readReference(fields.input_reference, body);
	if (image && (image.width !== frame.width || image.height !== frame.height)) {
		throw invalid(
			'Inpaint image must match the requested width and height',
			null,
			'input_reference',
		);
	}

	return {
		...frame,
		model: modelId,
		provider: 'openai',
		executedModel: model.id,
		usdPerSecond: pricePerSecond(model, {
			lines: Math.min(frame.width, frame.height),
			mode: image ? 'image-to-video' : 'text-to-video',
		}),
		prompt,
		seconds: Number(seconds),
		size,
		image,
		body: body.fields,
		encoding: body.encoding,
	};
}

function readText(fields: Record<string, unknown>, name: string): string | undefined {
	const value = fields[name];
	if (value === undefined || typeof value === 'string') return value;
	throw wrongType(name, 'a string', value);
}

function readChoice(fields: Record<string, unknown>, name: string, values: string[]) {
	const value = readText(fields, name);
	if (value === undefined || values.includes(value)) return value;
	throw invalidValue(name, value, values);
}

async function readReference(
	reference: unknown,
	{ encoding, files }: ReceivedBody,
): Promise<InputImage | undefined> {
	const param = 'input_reference';
	const file = files.find(({ field }) => field === param);
	if (file) {
		if (!imageTypes.includes(file.mimeType)) throw invalidValue(param, file.mimeType, imageTypes);
		return await readImage(() => readImageFile(file.mimeType, file.data));
	}
	if (reference === undefined) return undefined;
	if (typeof reference !== 'object' || reference === null) {
		throw wrongType(param, encoding === 'json' ? 'an object' : 'a file', reference);
	}

	const { image_url: url, file_id: fileId } = reference as Record<string, unknown>;
	if ((url === undefined) === (fileId === undefined)) {
		throw invalid(`Provide exactly one of 'image_url' or 'file_id'.`, 'invalid_value', param);
	}
	if (typeof url !== 'string') throw invalid(`File '${String(fileId)}' not found.`, null, param);
	return await readImage(() => readImageUrl(url));
}

async function readImage(read: () => Promise<InputImage>): Promise<InputImage> {
	try {
		return await read();
	} catch {
		throw invalid('Invalid image file provided.', 'invalid_value', 'input_reference');
	}
}

function wrongType(param: string, expected: string, value: unknown): ApiError {
	const got = Number.isInteger(value) ? 'an integer' : `a value of type ${typeof value}`;
	const actual = typeof value === 'string' ? 'a string' : got;
	const message = `Invalid type for '${param}': expected ${expected}, but got ${actual} instead.`;
	return invalid(message, 'invalid_type', param);
}

function missing(param: string): ApiError {
	return invalid(`Missing required parameter: '${param}'.`, 'missing_required_parameter', param);
}

function invalid(message: string, code: string | null, param: string): ApiError {
	return plainError(400, message, { code, param });
}
