import { IMAGE_FIELDS, OTHER_INPUT_FIELDS, SHAPE_FIELDS } from './fields';
import type { InputImage, VideoRequest } from './videoRequest';

/** How the model uses an image. */
export type ImageRole = 'first' | 'last' | 'reference';

export interface RequestedImage {
	/** Absent if only the server knows how the image is used. */
	role?: ImageRole;
	/** Absent for an image that is given by URL. */
	type?: string;
	/** The image is sent in the model's own parameter, so it does not count towards the maximum number of images. */
	apart?: true;
}

/** What a request requires of its model, as far as it is known. */
export interface Requested {
	/** Absent if the additional parameters change the mode. */
	mode?: string;
	seconds: number;
	aspectRatio?: string;
	resolution?: string;
	size?: string;
	audio?: boolean;
	promptLength: number;
	images: RequestedImage[];
	/** The forced provider. */
	provider?: string;
}

/**
 * Returns what a request requires of its model. On the server, additional parameters override the form, so a form value
 * that they override is left out.
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
}: VideoRequest): Pick<Requested, 'aspectRatio' | 'resolution' | 'size'> {
	const isReshaped = SHAPE_FIELDS.some((name) => name in raw);
	return isReshaped ? {} : { aspectRatio, resolution, size };
}

function audioOf({ audio, additionalParameters: raw }: VideoRequest): Pick<Requested, 'audio'> {
	if ('generate_audio' in raw)
		return typeof raw.generate_audio === 'boolean' ? { audio: raw.generate_audio } : {};
	return audio === undefined ? {} : { audio };
}
