import type { IDataObject } from 'n8n-workflow';
import type { ImageType } from '../media/fileType';
import type { Fit } from '../media/image/fitImage';
import type { ImageMetadata } from '../media/image/imageMetadata';

/** An image as it goes to the server. */
export type InputImage =
	| { kind: 'url'; url: string }
	| {
			kind: 'file';
			bytes: Buffer;
			mimeType: ImageType;
			fileName: string;
			/** What the header says; absent where it is damaged. */
			metadata?: ImageMetadata;
	  };

/** The images of a request, by role. */
export interface RequestImages {
	/** The first frame. Absent if the image of the form is a reference; it is then the first of these. */
	image?: InputImage;
	lastFrame?: InputImage;
	/** Show what should appear somewhere: a person, a product, a style. */
	referenceImages?: InputImage[];
}

/** One requested video, checked. What the user leaves to the model is absent and is not sent. */
export interface VideoRequest extends RequestImages {
	model: string;
	prompt: string;
	seconds: number;
	/** `16:9` and the like. */
	aspectRatio?: string;
	/** `720p` and the like. */
	resolution?: string;
	/** `1280x720` and the like; stands instead of ratio and resolution. */
	size?: string;
	/** The aspect ratio is the supported one closest to the image. */
	followsImage?: true;
	/** Name of the model's last-frame parameter, on servers without a field for it. */
	lastFrameParameter?: string;
	/** How frames are resized to the size of the video; absent if they are sent unchanged. */
	imageFit?: Fit;
	negativePrompt?: string;
	seed?: number;
	audio?: boolean;
	user?: string;
	/** Called by the server when the video has ended; not part of what is made. */
	webhookUrl?: string;
	/** Sent as they are; they win over the form, except for the protected names. */
	additionalParameters: IDataObject;
	/** The user's own key. */
	idempotencyKey?: string;
}

/** The settings of the form, before they are checked. */
export interface VideoSettings extends Omit<VideoRequest, 'size' | keyof RequestImages> {
	/** Only where 'Aspect Ratio' is 'Custom'. */
	customSize?: string;
}

export type AdjustableField = 'seconds' | 'aspectRatio' | 'resolution' | 'size';

/** Values that were replaced by the nearest ones the model supports. */
export type Adjusted = Partial<
	Record<AdjustableField, { requested: number | string; used: number | string }>
>;

/** The request with the values used instead. */
export function withAdjusted(request: VideoRequest, adjusted: Adjusted = {}): VideoRequest {
	const used = Object.entries(adjusted).map(([field, change]) => [field, change.used]);
	return { ...request, ...Object.fromEntries(used) };
}

/** The main image of a request: its first frame, or else its first reference. */
export function mainImage({ image, referenceImages }: RequestImages): InputImage | undefined {
	return image ?? referenceImages?.[0];
}

export function hasImages({ image, lastFrame, referenceImages = [] }: RequestImages): boolean {
	return image !== undefined || lastFrame !== undefined || referenceImages.length > 0;
}
