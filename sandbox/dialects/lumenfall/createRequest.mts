import { isIP } from 'node:net';
import { z } from 'zod';
import { ApiError } from '../../server/apiError.mts';
import type { ReceivedBody } from '../../server/readBody.mts';
import { chooseFrameSize } from '../../models/frameSize.mts';
import { readImageFile, readImageUrl, type InputImage } from '../../server/inputImages.mts';
import { readVideoUrl, type InputVideo } from '../../server/inputVideos.mts';
import type { JobRequest } from '../../jobs/job.mts';
import { durationProblem, pricePerSecond, type Model } from '../../models/models.mts';

const text = z.string().min(1);
// A number in JSON, or its text in multipart. Both encodings accept both.
const number = z.union([z.number(), z.string().regex(/^\d+(\.\d+)?$/)]).transform(Number);
const reference = z.object({ image_url: text });

// Fields that are not in this schema are passed on to the provider, so they are not errors.
const createSchema = z.object({
	prompt: text,
	model: text,
	seconds: number.optional(),
	duration: number.optional(),
	size: text.optional(),
	aspect_ratio: text.optional(),
	resolution: text.optional(),
	n: number.pipe(z.literal(1)).optional(),
	input_reference: z
		.union([reference, z.array(z.union([reference, text])).min(1), text])
		.optional(),
	// A parameter of one model, passed on to its provider. This is Replicate's name for the end frame of PixVerse.
	last_frame_image: text.optional(),
	// Video to video: the model pages have two names for this field.
	video_url: text.optional(),
	input_video: text.optional(),
	webhook_url: text.optional(),
	idempotency_key: text.max(256).optional(),
	user: text.optional(),
	generate_audio: z
		.union([z.boolean(), z.enum(['true', 'false']).transform((word) => word === 'true')])
		.optional(),
});
type Fields = z.output<typeof createSchema>;

const DEFAULT_SECONDS = 5;

/** Reads a create request. Throws the gateway's own refusal if it is not valid. */
export async function readCreateRequest(
	body: ReceivedBody,
	requireModel: (slug: string) => Model,
): Promise<{ model: Model; jobRequest: JobRequest }> {
	const fields = readFields(body.fields);
	const model = requireModel(fields.model);
	const [image, ...references] = await readReferences(fields, body);
	requireImageCount(model, references.length + 1);
	const lastFrame = await readLastFrame(model, fields);
	const sourceUrl = fields.video_url ?? fields.input_video;
	const source = sourceUrl === undefined ? undefined : await readSource(sourceUrl);
	const mode = modeOf(image, source);
	requireMode(model, mode);
	requirePrompt(model, fields.prompt);

	const seconds = fields.seconds ?? fields.duration ?? Math.min(DEFAULT_SECONDS, model.maxSeconds);
	const tooLong = durationProblem(model, seconds);
	if (tooLong) throw invalidRequest(`seconds: ${tooLong}`);
	const problem = fields.webhook_url && webhookUrlProblem(fields.webhook_url);
	if (problem) throw invalidRequest(problem);

	const frame = chooseFrameSize(model, {
		size: fields.size,
		aspectRatio: fields.aspect_ratio,
		resolution: fields.resolution,
		image: image ?? source,
	});
	const provider = model.providers[0];
	return {
		model,
		jobRequest: {
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
			videos: source && [{ role: 'edit', video: source }],
			// The first image is the first frame. There is no common field for a last frame.
			otherImages: [
				...references.map((reference) => ({ role: 'reference' as const, image: reference })),
				...(lastFrame ? [{ role: 'last' as const, image: lastFrame }] : []),
			],
			idempotencyKey: fields.idempotency_key,
			webhookUrl: fields.webhook_url,
			user: fields.user,
			body: body.fields,
			encoding: body.encoding,
		},
	};
}

function readFields(fields: Record<string, unknown>): Fields {
	const parsed = createSchema.safeParse(withReference(fields));
	if (parsed.success) return parsed.data;
	const [{ path, message }] = parsed.error.issues;
	throw invalidRequest(`${path.join('.')}: ${message}`);
}

// The names of the reference in multipart. OpenAI's SDK sends the last one.
const referenceField = /^input_reference(\[\d*\]|\[image_url\])?$/;

function withReference(fields: Record<string, unknown>): Record<string, unknown> {
	const given = Object.keys(fields)
		.filter((field) => referenceField.test(field))
		.flatMap((field) => fields[field]);
	if (given.length === 0) return fields;
	return { ...fields, input_reference: given.length === 1 ? given[0] : given };
}

async function readReferences(
	{ input_reference: given = [] }: Fields,
	{ files }: ReceivedBody,
): Promise<InputImage[]> {
	const uploaded = files.filter(({ field }) => referenceField.test(field));
	const urls = [given].flat().map((one) => (typeof one === 'string' ? one : one.image_url));
	return await readImages([
		...uploaded.map(async (file) => await readImageFile(file.mimeType, file.data)),
		...urls.map(readImageUrl),
	]);
}

function modeOf(image: InputImage | undefined, source: InputVideo | undefined): string {
	if (source) return 'video-to-video';
	return image ? 'image-to-video' : 'text-to-video';
}

async function readSource(url: string): Promise<InputVideo> {
	return await readVideoUrl(url).catch(() => {
		throw invalidRequest('Invalid video file provided');
	});
}

async function readImages(images: Array<Promise<InputImage>>): Promise<InputImage[]> {
	return await Promise.all(images).catch(() => {
		throw invalidRequest('Invalid image file provided');
	});
}

/** A parameter that the model does not have is ignored. */
async function readLastFrame(
	{ lastFrame }: Model,
	{ last_frame_image: url }: Fields,
): Promise<InputImage | undefined> {
	if (!lastFrame || url === undefined) return undefined;
	const [image] = await readImages([readImageUrl(url)]);
	return image;
}

function requireImageCount({ id, maxImages = 1 }: Model, count: number) {
	if (count <= maxImages) return;
	throw invalidRequest(
		maxImages === 1
			? `Model '${id}' does not support multiple input images`
			: `Model '${id}' takes at most ${maxImages} input images`,
	);
}

function requireMode({ id, modes }: Model, mode: string) {
	if (modes.includes(mode)) return;
	throw invalidRequest(
		`Model '${id}' does not support ${mode}. Supported modes: ${modes.join(', ')}`,
	);
}

// The messages have the form of the validator that the gateway seems to use.
function requirePrompt({ maxPromptLength = Infinity }: Model, prompt: string) {
	if (prompt.length <= maxPromptLength) return;
	throw invalidRequest(`prompt: Too big: expected string to have <=${maxPromptLength} characters`);
}

/**
 * Returns the reason why a webhook URL is refused, or undefined. The rules are the gateway's, but loopback is allowed,
 * because a test cannot receive webhooks in another way.
 */
function webhookUrlProblem(text: string): string | undefined {
	if (!URL.canParse(text)) return 'webhook_url is not a valid URL';
	const { protocol, hostname, port } = new URL(text);
	if (['127.0.0.1', 'localhost', '[::1]'].includes(hostname)) return undefined;
	if (protocol !== 'https:') return 'webhook_url must use https';
	if (isIP(hostname.replace(/[[\]]/g, ''))) return 'webhook_url must not be an IP address';
	if (!['', '443', '8443'].includes(port)) return 'webhook_url must use port 443 or 8443';
	return undefined;
}

function invalidRequest(message: string): ApiError {
	return new ApiError(400, message, { type: 'invalid_request_error', code: 'INVALID_REQUEST' });
}
