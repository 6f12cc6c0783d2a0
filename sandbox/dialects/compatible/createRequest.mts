import { plainError, type ApiError } from '../../server/apiError.mts';
import { nestedFields, type ReceivedBody, type UploadedFile } from '../../server/readBody.mts';
import { freeFrameSize, parsePixels } from '../../models/frameSize.mts';
import { readImageFile, readImageUrl, type InputImage } from '../../server/inputImages.mts';
import type { JobRequest } from '../../jobs/jobs.mts';
import { anyModel, pricePerSecond } from '../../models/models.mts';

/** Where the servers differ that take any model, any size and any length they can make. */
export interface TolerantRules {
	/** The model when the request names none; it must name one where this is absent. */
	defaultModel?: string;
	/** 4 unless said otherwise, as with OpenAI. */
	defaultSeconds?: number;
	/** Why a length is refused, if it is. */
	secondsProblem?(seconds: number, model: string): string | undefined;
	/** The field that may name the image by URL; `input_reference` unless said otherwise. */
	imageField?: string;
	/** The refusal in the words of the server; `isMissing` when the field was not sent at all. */
	refuse?(message: string, field: string, isMissing: boolean): ApiError;
}

/** Sides beyond these are no video. */
const smallestSide = 16;
const largestSide = 4096;

/** Reads a create request in either encoding; unknown fields are no error. */
export async function readTolerantRequest(
	body: ReceivedBody,
	rules: TolerantRules = {},
): Promise<JobRequest> {
	const { imageField = 'input_reference', refuse = refusePlainly } = rules;
	const fields = nestedFields(body);

	const prompt = readText('prompt') ?? missing('prompt');
	const modelId = readText('model') ?? rules.defaultModel ?? missing('model');
	const model = anyModel(modelId);
	const image = await readImage();
	const size = readSize();
	const frame = freeFrameSize(model, { size, image: image });

	return {
		...frame,
		model: modelId,
		provider: model.providers[0],
		executedModel: model.id,
		usdPerSecond: pricePerSecond(model, {
			lines: Math.min(frame.width, frame.height),
			mode: image ? 'image-to-video' : 'text-to-video',
		}),
		prompt,
		seconds: readSeconds(),
		size: size ?? `${frame.width}x${frame.height}`,
		image,
		body: body.fields,
		encoding: body.encoding,
	};

	function readText(name: string): string | undefined {
		const value = fields[name];
		if (value === undefined || value === null || value === '') return undefined;
		if (typeof value === 'string') return value;
		throw refuse(`${name} must be a string`, name, false);
	}

	function readSeconds(): number {
		const value = fields.seconds ?? rules.defaultSeconds ?? 4;
		const seconds = value === '' || typeof value === 'object' ? NaN : Number(value);
		if (!(seconds > 0)) throw refuse('seconds must be a positive number', 'seconds', false);
		const problem = rules.secondsProblem?.(seconds, modelId);
		if (problem) throw refuse(problem, 'seconds', false);
		return seconds;
	}

	function readSize(): string | undefined {
		const text = readText('size');
		const pixels = parsePixels(text);
		if (!pixels) return text;
		const sides = Object.values(pixels);
		if (sides.every((side) => side >= smallestSide && side <= largestSide)) return text;
		throw refuse(`size ${text} is out of range`, 'size', false);
	}

	async function readImage(): Promise<InputImage | undefined> {
		const file = body.files.find(isImage);
		const reference = fields[imageField];
		try {
			if (file) return await readImageFile(file.mimeType, file.data);
			return reference === undefined ? undefined : await readImageUrl(urlIn(reference)!);
		} catch {
			const field = file ? 'input_reference' : imageField;
			throw refuse('Invalid image file provided', field, false);
		}
	}

	function missing(field: string): never {
		throw refuse(`${field} is required`, field, true);
	}
}

function isImage({ field }: UploadedFile): boolean {
	return field === 'input_reference' || field === 'input_reference[]';
}

/** The URL in a field: text, an object around it, or JSON text of that. */
function urlIn(value: unknown): string | undefined {
	if (typeof value === 'string') return /^\s*{/.test(value) ? urlIn(JSON.parse(value)) : value;
	const { image_url: imageUrl, url } = (value ?? {}) as Record<string, unknown>;
	return imageUrl === undefined && url === undefined ? undefined : urlIn(imageUrl ?? url);
}

function refusePlainly(message: string, param: string, isMissing: boolean): ApiError {
	return plainError(400, message, {
		code: isMissing ? 'missing_required_parameter' : 'invalid_value',
		param,
	});
}
