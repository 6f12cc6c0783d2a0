import { z } from 'zod';
import { plainError, type ApiError } from '../../server/apiError.mts';
import type { ReceivedBody } from '../../server/readBody.mts';
import { chooseFrameSize } from '../../models/frameSize.mts';
import { readImageUrl, type InputImage } from '../../server/inputImages.mts';
import type { Job, JobRequest, JobVideo, OtherImage } from '../../jobs/job.mts';
import { readVideoUrl } from '../../server/inputVideos.mts';
import { sourceOf } from '../videosApi/changes.mts';
import { pricePerSecond } from '../../models/models.mts';
import { findOffer, frameTypes, linesOf, type FrameType, type Offer } from './offers.mts';

const text = z.string().min(1);
const aspectRatios = ['16:9', '9:16', '1:1', '4:3', '3:4', '3:2', '2:3', '21:9', '9:21'] as const;
const resolutions = Object.keys(linesOf) as [string, ...string[]];

const imageSchema = z.object({
	type: z.literal('image_url'),
	// Plain http is accepted too, because tests serve their images from this computer.
	image_url: z.object({ url: z.string().regex(/^(https?:\/\/|data:)/, 'Invalid url') }),
});
const frameSchema = imageSchema.extend({ frame_type: z.enum(frameTypes) });
const audioSchema = z.object({ type: z.literal('audio_url'), audio_url: z.object({ url: text }) });
const videoSchema = z.object({ type: z.literal('video_url'), video_url: z.object({ url: text }) });

// `VideoGenerationRequest` in OpenRouter's OpenAPI file. Unknown fields are ignored silently, so OpenAI's `seconds` and
// `input_reference` have no effect. Assumed: each frame may be given only once.
const requestSchema = z.object({
	model: text,
	// "Optional for models that support generating a video from image input alone".
	prompt: text.optional(),
	duration: z.number().int().min(1).optional(),
	resolution: z.enum(resolutions).optional(),
	aspect_ratio: z.enum(aspectRatios).optional(),
	size: z
		.string()
		.regex(/^\d+x\d+$/)
		.optional(),
	generate_audio: z.boolean().optional(),
	seed: z.number().int().optional(),
	frame_images: z
		.array(frameSchema)
		.refine((frames) => new Set(frames.map((one) => one.frame_type)).size === frames.length, {
			message: 'Each frame_type may be given once',
		})
		.default([]),
	input_references: z
		.array(z.discriminatedUnion('type', [imageSchema, audioSchema, videoSchema]))
		.default([]),
	// Loopback is allowed without TLS, because a test cannot receive webhooks in another way.
	callback_url: z
		.string()
		.url()
		.regex(/^https:|^http:\/\/(127\.0\.0\.1|localhost|\[::1\])[:/]/, 'Must be HTTPS')
		.optional(),
	previous_job_id: text.optional(),
	upscale_factor: z.number().optional(),
	creativity: z.number().optional(),
	provider: z.object({}).optional(),
});
type Request = z.output<typeof requestSchema>;

/** Reads a create request. A value that the model does not offer is refused, with the name of the field. */
export async function readCreateRequest(
	body: ReceivedBody,
	findJob: (id: string) => Job | undefined,
): Promise<JobRequest> {
	const request = readRequest(body);
	const offer = findOffer(request.model);
	// Public issues quote this message.
	if (!offer) throw invalid(`${request.model} is not a valid model ID`);
	if (offer.upscale) return await readUpscaleRequest(body, request, offer, offer.upscale);
	requireOffered(request, offer);

	const { model, pricing } = offer;
	const { image, otherImages } = await readImages(request);
	const count = otherImages.length + (image ? 1 : 0);
	const frame = chooseFrameSize(model, {
		size: request.size,
		aspectRatio: request.aspect_ratio,
		resolution: request.resolution && `${linesOf[request.resolution]}p`,
		image: image ?? otherImages.find(({ role }) => role === 'last')?.image,
	});
	return {
		...frame,
		model: request.model,
		provider: model.providers[0],
		executedModel: offer.slug,
		usdPerSecond: pricePerSecond(model, {
			lines: Math.min(frame.width, frame.height),
			mode: count > 0 ? 'image-to-video' : 'text-to-video',
			// "Defaults to the endpoint's generate_audio capability flag, false if not set."
			sound: request.generate_audio ?? offer.hasSound,
		}),
		usdForImages: count * (pricing.usdPerImage ?? 0),
		prompt: requirePrompt(request, offer),
		seconds: request.duration ?? offer.durations[0],
		size: request.size ?? `${frame.width}x${frame.height}`,
		image,
		otherImages,
		videos: await readVideos(request, offer, findJob),
		webhookUrl: request.callback_url,
		body: body.fields,
		encoding: body.encoding,
	};
}

/** Reads a request to upscale one video among the references. The video keeps its length and shape. */
async function readUpscaleRequest(
	body: ReceivedBody,
	request: Request,
	{ model, slug }: Offer,
	{ factor, creativity }: NonNullable<Offer['upscale']>,
): Promise<JobRequest> {
	const { upscale_factor: times = factor.min, creativity: level = creativity[0] } = request;
	if (times < factor.min || times > factor.max || !creativity.includes(level)) {
		throw invalid('upscale_factor or creativity is not supported for this model');
	}
	const [input] = request.input_references.filter((one) => one.type === 'video_url');
	if (!input) throw invalid('This model requires a video in input_references');
	const video = await readVideo(input.video_url.url);
	const [width, height] = [video.width, video.height].map((side) => Math.round(side * times));
	return {
		width,
		height,
		seconds: video.seconds,
		size: `${width}x${height}`,
		model: request.model,
		provider: model.providers[0],
		executedModel: slug,
		usdPerSecond: model.prices[0].usdPerSecond,
		prompt: request.prompt ?? '',
		videos: [{ role: 'edit', video }],
		body: body.fields,
		encoding: body.encoding,
	};
}

function requirePrompt(
	{ prompt, frame_images: frames }: Request,
	{ needsOnlyImage }: Offer,
): string {
	if (prompt === undefined && !(needsOnlyImage && frames.length > 0)) {
		throw invalid('prompt: Required');
	}
	return prompt ?? '';
}

function readRequest({ encoding, fields }: ReceivedBody): Request {
	if (encoding !== 'json') throw invalid('The body must be JSON');
	const parsed = requestSchema.safeParse(fields);
	if (parsed.success) return parsed.data;
	const [{ path, message }] = parsed.error.issues;
	throw invalid(`${path.join('.')}: ${message}`);
}

function requireOffered(request: Request, offer: Offer) {
	requireOne('Duration', request.duration, offer.durations, 's');
	requireOne('Resolution', request.resolution, offer.resolutions);
	requireOne('Aspect ratio', request.aspect_ratio, offer.model.ratios);
	requireOne('Size', request.size, offer.sizes);
	for (const { frame_type } of request.frame_images) {
		requireOne<FrameType>('Frame type', frame_type, offer.frames);
	}
	if (referencesOf(request).length > 0 && !offer.supportsImages) {
		throw invalid('Reference images are not supported for this model');
	}
}

// Public code quotes this message for a duration. For the other fields it is assumed.
function requireOne<Value extends string | number>(
	what: string,
	value: Value | undefined,
	offered: Value[],
	unit = '',
) {
	if (value === undefined || offered.includes(value)) return;
	const choices = `Supported ${what.toLowerCase()}s: ${offered.join(', ') || 'none'}${unit}`;
	throw invalid(`${what} ${value}${unit} is not supported for this model. ${choices}`);
}

/**
 * Reads the earlier video that a request continues, and the videos among its references, which most models ignore
 * silently. Assumed: which models continue a video, and that the result is only the added part.
 */
async function readVideos(
	request: Request,
	offer: Offer,
	findJob: (id: string) => Job | undefined,
): Promise<JobVideo[]> {
	const urls = request.input_references.flatMap((one) =>
		one.type === 'video_url' ? [one.video_url.url] : [],
	);
	const references = offer.supportsVideos ? urls : [];
	return [
		...readPreviousJob(request, offer, findJob),
		...(await Promise.all(
			references.map(async (url) => ({ role: 'reference' as const, video: await readVideo(url) })),
		)),
	];
}

function readPreviousJob(
	{ previous_job_id: id, model }: Request,
	{ continues }: Offer,
	findJob: (id: string) => Job | undefined,
): JobVideo[] {
	if (id === undefined) return [];
	if (!continues) throw invalid('previous_job_id is not supported for this model');
	const job = findJob(id);
	if (!job?.output) throw invalid(`previous_job_id: there is no completed job ${id}`);
	if (job.model !== model) throw invalid('previous_job_id: the job was made by another model');
	return [{ role: 'extend', video: sourceOf(job) }];
}

async function readVideo(url: string) {
	return await readVideoUrl(url).catch(() => {
		throw invalid('video_url: the video could not be read');
	});
}

interface InputImages {
	image?: InputImage;
	otherImages: OtherImage[];
}

async function readImages(request: Request): Promise<InputImages> {
	const frameOf = async (type: FrameType) => {
		const frame = request.frame_images.find(({ frame_type }) => frame_type === type);
		return frame && (await readImage(frame));
	};
	const [image, last] = [await frameOf('first_frame'), await frameOf('last_frame')];
	const references = await Promise.all(referencesOf(request).map(readImage));
	return {
		image,
		otherImages: [
			...(last ? [{ role: 'last' as const, image: last }] : []),
			...references.map((reference) => ({ role: 'reference' as const, image: reference })),
		],
	};
}

/**
 * Returns the images among the references. Most providers ignore audio and video (`InputReference` in the OpenAPI
 * file). With frames, there are no references: "frame_images takes precedence" (the video guide, "Using Images").
 */
function referencesOf({ frame_images: frames, input_references: references }: Request) {
	return frames.length > 0 ? [] : references.filter((one) => one.type === 'image_url');
}

async function readImage({ image_url }: z.output<typeof imageSchema>): Promise<InputImage> {
	try {
		return await readImageUrl(image_url.url);
	} catch {
		throw invalid('image_url: the image could not be read');
	}
}

function invalid(message: string): ApiError {
	return plainError(400, message);
}
