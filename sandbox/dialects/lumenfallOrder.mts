import { z } from 'zod';
import { ApiError } from '../apiError.mts';
import type { ReceivedBody } from '../body.mts';
import { chooseFrameSize } from '../frameSize.mts';
import { readImageFile, readImageUrl, type GivenImage } from '../images.mts';
import type { JobOrder } from '../jobs.mts';
import { lengthProblem, pricePerSecond, type Model } from '../models.mts';
import { webhookUrlProblem } from '../webhooks.mts';

const text = z.string().min(1);
// A number in JSON, its text in multipart; both are accepted in both (section 3).
const number = z.union([z.number(), z.string().regex(/^\d+(\.\d+)?$/)]).transform(Number);
const reference = z.object({ image_url: text });

// Fields that are not named here are passed through to the provider, so they are no error.
const orderSchema = z.object({
	prompt: text,
	model: text,
	seconds: number.optional(),
	duration: number.optional(),
	size: text.optional(),
	aspect_ratio: text.optional(),
	resolution: text.optional(),
	n: number.pipe(z.literal(1)).optional(),
	input_reference: z.union([reference, z.array(reference).min(1), text]).optional(),
	webhook_url: text.optional(),
	idempotency_key: text.max(256).optional(),
	user: text.optional(),
	generate_audio: z
		.union([z.boolean(), z.enum(['true', 'false']).transform((word) => word === 'true')])
		.optional(),
});
type Fields = z.output<typeof orderSchema>;

const defaultSeconds = 5;

/** Reads a create request; throws the gateway's own refusal when it is not valid. */
export async function readOrder(
	body: ReceivedBody,
	requireModel: (slug: string) => Model,
): Promise<{ model: Model; order: JobOrder }> {
	const fields = readFields(body.fields);
	const model = requireModel(fields.model);
	const image = await readReference(fields, body);
	const mode = image ? 'image-to-video' : 'text-to-video';
	requireMode(model, mode);
	requirePrompt(model, fields.prompt);

	const seconds = fields.seconds ?? fields.duration ?? Math.min(defaultSeconds, model.maxSeconds);
	const tooLong = lengthProblem(model, seconds);
	if (tooLong) throw invalidRequest(`seconds: ${tooLong}`);
	const problem = fields.webhook_url && webhookUrlProblem(fields.webhook_url);
	if (problem) throw invalidRequest(problem);

	const frame = chooseFrameSize(model, {
		size: fields.size,
		aspectRatio: fields.aspect_ratio,
		resolution: fields.resolution,
		picture: image,
	});
	const provider = model.providers[0];
	return {
		model,
		order: {
			...frame,
			model: fields.model,
			provider,
			executedModel: `${provider}/${model.id}`,
			usdPerSecond: pricePerSecond(model, {
				lines: Math.min(frame.width, frame.height),
				mode,
				sound: fields.generate_audio,
			}),
			prompt: fields.prompt,
			seconds,
			size: fields.size ?? fields.aspect_ratio ?? `${frame.width}x${frame.height}`,
			image,
			idempotencyKey: fields.idempotency_key,
			webhookUrl: fields.webhook_url,
			user: fields.user,
			body: body.fields,
			encoding: body.encoding,
		},
	};
}

function readFields(fields: Record<string, unknown>): Fields {
	const parsed = orderSchema.safeParse(withReference(fields));
	if (parsed.success) return parsed.data;
	const [{ path, message }] = parsed.error.issues;
	throw invalidRequest(`${path.join('.')}: ${message}`);
}

// Multipart names the reference in several ways (section 3.2); the last one is what OpenAI's SDK sends.
const referenceField = /^input_reference(\[\d*\]|\[image_url\])?$/;

function withReference(fields: Record<string, unknown>): Record<string, unknown> {
	const name = Object.keys(fields).find((field) => referenceField.test(field));
	return name === undefined ? fields : { ...fields, input_reference: fields[name] };
}

async function readReference(
	{ input_reference: given }: Fields,
	{ files }: ReceivedBody,
): Promise<GivenImage | undefined> {
	const file = files.find(({ field }) => referenceField.test(field));
	const first = Array.isArray(given) ? given[0] : given;
	const url = typeof first === 'object' ? first.image_url : first;
	try {
		if (file) return await readImageFile(file.mimeType, file.data);
		return url === undefined ? undefined : await readImageUrl(url);
	} catch {
		throw invalidRequest('Invalid image file provided');
	}
}

function requireMode({ id, modes }: Model, mode: string) {
	if (modes.includes(mode)) return;
	throw invalidRequest(
		`Model '${id}' does not support ${mode}. Supported modes: ${modes.join(', ')}`,
	);
}

// In the words of the validator that the gateway seems to use (section 5).
function requirePrompt({ maxPromptLength = Infinity }: Model, prompt: string) {
	if (prompt.length <= maxPromptLength) return;
	throw invalidRequest(`prompt: Too big: expected string to have <=${maxPromptLength} characters`);
}

function invalidRequest(message: string): ApiError {
	return new ApiError(400, message, { type: 'invalid_request_error', code: 'INVALID_REQUEST' });
}
