import { IMAGE_FIELDS, OTHER_INPUT_FIELDS, SHAPE_FIELDS } from './additionalParameters';
import { isModelInput } from './sourceVideo';
import type { InputImage, VideoRequest } from './videoRequest';

/** How the model uses an image. */
export type ImageRole = 'first' | 'last' | 'reference';

interface RequestedImage {
	/** Absent if only the server knows how the image is used. */
	role?: ImageRole;
	/** Absent for an image that is given by URL. */
	type?: string;
	/** The image is sent in the model's own parameter, so it does not count towards the maximum number of images. */
	apart?: true;
}

/** What a request requires of its model, as far as it is known. */
export interface Requirements {
	/** Absent if the additional parameters change the mode. */
	mode?: string;
	/** The model must list this mode. Otherwise it would ignore the input. */
	mustBeListed?: true;
	/** Absent for an edit that keeps the length of its source. */
	seconds?: number;
	/** Length of the source, if it is known. */
	sourceSeconds?: number;
	aspectRatio?: string;
	resolution?: string;
	size?: string;
	audio?: boolean;
	promptLength: number;
	images: RequestedImage[];
	hasReferenceVideos?: true;
	hasReferenceAudio?: true;
	upscaleFactor?: number;
	creativity?: number;
	/** The forced provider. */
	provider?: string;
}

/**
 * Returns what a request requires of its model. On the server, additional parameters override the form, so a form value
 * that they override is left out.
 */
export function requirementsOf(request: VideoRequest): Requirements {
	const { model, seconds, prompt, source, upscaleFactor, creativity } = request;
	const { referenceVideos = [], referenceAudio = [] } = request;
	const images = imagesOf(request);
	return {
		seconds,
		...(source?.seconds !== undefined && { sourceSeconds: source.seconds }),
		promptLength: prompt.length,
		images,
		...modeOf(request, images),
		...(referenceVideos.length > 0 && { hasReferenceVideos: true }),
		...(referenceAudio.length > 0 && { hasReferenceAudio: true }),
		...(upscaleFactor !== undefined && { upscaleFactor }),
		...(creativity !== undefined && { creativity }),
		...shapeOf(request),
		...audioOf(request),
		...(model.includes('/') && { provider: model.trim().toLowerCase().split('/')[0] }),
	};
}

function modeOf(
	{ source, additionalParameters: raw }: VideoRequest,
	images: RequestedImage[],
): Pick<Requirements, 'mode' | 'mustBeListed'> {
	if (source) {
		// No list reports which models continue a job or have their own route for it.
		if (!isModelInput(source.way)) return {};
		return { mode: 'video-to-video', ...(source.mustBeListed && { mustBeListed: true }) };
	}
	if (OTHER_INPUT_FIELDS.some((name) => name in raw)) return {};
	return { mode: images.length > 0 ? 'image-to-video' : 'text-to-video' };
}

/** Returns the known roles of the images. */
export function rolesOf(request: VideoRequest): ImageRole[] {
	return imagesOf(request).flatMap(({ role }) => role ?? []);
}

function imagesOf(request: VideoRequest): RequestedImage[] {
	const { image, lastFrame, lastFrameParameter, referenceImages = [] } = request;
	const { additionalParameters: raw } = request;
	const given = [
		...inRole('first', [image]),
		...inRole('last', [lastFrame]).map((last) =>
			lastFrameParameter ? { ...last, apart: true as const } : last,
		),
		...inRole('reference', referenceImages),
	];
	return given.length > 0 ? given : IMAGE_FIELDS.flatMap((name) => raw[name] ?? []).map(() => ({}));
}

function inRole(role: ImageRole, images: Array<InputImage | undefined>): RequestedImage[] {
	return images.flatMap((image) =>
		image ? [{ role, ...(image.kind === 'file' && { type: image.mimeType }) }] : [],
	);
}

function shapeOf({
	aspectRatio,
	resolution,
	size,
	additionalParameters: raw,
}: VideoRequest): Pick<Requirements, 'aspectRatio' | 'resolution' | 'size'> {
	const isReshaped = SHAPE_FIELDS.some((name) => name in raw);
	return isReshaped ? {} : { aspectRatio, resolution, size };
}

function audioOf({ audio, additionalParameters: raw }: VideoRequest): Pick<Requirements, 'audio'> {
	if ('generate_audio' in raw)
		return typeof raw.generate_audio === 'boolean' ? { audio: raw.generate_audio } : {};
	return audio === undefined ? {} : { audio };
}
