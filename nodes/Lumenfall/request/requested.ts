import { IMAGE_FIELDS, OTHER_INPUT_FIELDS, SHAPE_FIELDS } from './fields';
import type { InputImage, VideoRequest } from './videoRequest';

/** What an image is to the video. */
export type ImageRole = 'first' | 'last' | 'reference';

export interface RequestedImage {
	/** Absent where only the server knows what becomes of it. */
	role?: ImageRole;
	/** Absent for an image by address. */
	type?: string;
	/** Goes in a parameter of the model's own, so that it does not count among the others. */
	apart?: true;
}

/** What a request wants of its model, as far as it says. */
export interface Requested {
	/** Absent where the additional parameters make something else of it. */
	mode?: string;
	seconds: number;
	aspectRatio?: string;
	resolution?: string;
	size?: string;
	audio?: boolean;
	promptLength: number;
	images: RequestedImage[];
	/** A forced provider. */
	provider?: string;
}

/**
 * Reads what is asked. Additional parameters win over the form on the server, so where they say something the form's own
 * value counts for nothing.
 */
export function requestedOf(request: VideoRequest): Requested {
	const { model, seconds, prompt, additionalParameters: raw } = request;
	const images = imagesOf(request);
	const isOther = OTHER_INPUT_FIELDS.some((name) => name in raw);
	return {
		seconds,
		promptLength: prompt.length,
		images,
		...(!isOther && { mode: images.length > 0 ? 'image-to-video' : 'text-to-video' }),
		...shapeOf(request),
		...audioOf(request),
		...(model.includes('/') && { provider: model.trim().toLowerCase().split('/')[0] }),
	};
}

/** What each image is to the video, as far as that is known. */
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
}: VideoRequest): Pick<Requested, 'aspectRatio' | 'resolution' | 'size'> {
	const isReshaped = SHAPE_FIELDS.some((name) => name in raw);
	return isReshaped ? {} : { aspectRatio, resolution, size };
}

function audioOf({ audio, additionalParameters: raw }: VideoRequest): Pick<Requested, 'audio'> {
	if ('generate_audio' in raw)
		return typeof raw.generate_audio === 'boolean' ? { audio: raw.generate_audio } : {};
	return audio === undefined ? {} : { audio };
}
