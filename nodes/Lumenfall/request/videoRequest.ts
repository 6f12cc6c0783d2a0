import type { IDataObject } from 'n8n-workflow';
import type { ImageType } from '../media/fileType';
import type { Fit } from '../media/image/fitImage';
import type { ImageMetadata } from '../media/image/imageMetadata';
import type { SourceVideo } from './sourceVideo';

/** Maximum length of an idempotency key in characters (docs/protocols/lumenfall.md#create-request). */
export const MAX_KEY_LENGTH = 256;

/** An image as it is sent to the server. */
export type InputImage =
	| { kind: 'url'; url: string }
	| {
			kind: 'file';
			bytes: Buffer;
			mimeType: ImageType;
			fileName: string;
			/** Read from the file header. Absent if the header is damaged. */
			metadata?: ImageMetadata;
	  };

/** The images of a request, by role. */
export interface RequestImages {
	/** The first frame. Absent if the form's image is a reference; it is then the first of the reference images. */
	image?: InputImage;
	lastFrame?: InputImage;
	/** Images of something that should appear in the video: a person, a product, a style. */
	referenceImages?: InputImage[];
}

/** One requested video, checked. Settings that the user leaves to the model are absent and are not sent. */
export interface VideoRequest extends RequestImages {
	model: string;
	/** Empty if the server uses only the other inputs. */
	prompt: string;
	/** For an extension, the length of the added part. Absent for an edit that keeps the length of its source. */
	seconds?: number;
	/** The earlier video that is extended or edited. */
	source?: SourceVideo;
	/** URLs of videos and sounds of something that should appear in the video. */
	referenceVideos?: string[];
	referenceAudio?: string[];
	/** For models that upscale videos. */
	upscaleFactor?: number;
	creativity?: number;
	/** For example `16:9`. */
	aspectRatio?: string;
	/** For example `720p`. */
	resolution?: string;
	/** For example `1280x720`. Replaces ratio and resolution. */
	size?: string;
	/** The aspect ratio was chosen to match the image. */
	followsImage?: true;
	/** Name of the model's last-frame parameter, for servers without a field for it. */
	lastFrameParameter?: string;
	/** How to resize frames to the size of the video. Absent if they are sent unchanged. */
	imageFit?: Fit;
	negativePrompt?: string;
	seed?: number;
	audio?: boolean;
	user?: string;
	/** The server calls this URL when the video completes or fails. Not part of the video. */
	webhookUrl?: string;
	/** Sent unchanged. They override the form, except for the protected fields. */
	additionalParameters: IDataObject;
	/** The key from the option 'Idempotency Key'. */
	idempotencyKey?: string;
}

/** The form's settings before they are checked. */
export interface VideoSettings extends Omit<VideoRequest, 'size' | 'source' | keyof RequestImages> {
	/** Present only if 'Aspect Ratio' is 'Custom'. */
	customSize?: string;
}

type AdjustableField = 'seconds' | 'aspectRatio' | 'resolution' | 'size';

/** Values that were replaced by the nearest supported ones. */
export type Adjusted = Partial<
	Record<AdjustableField, { requested: number | string; used: number | string }>
>;

/** Returns the request with the replaced values. */
export function withAdjusted(request: VideoRequest, adjusted: Adjusted = {}): VideoRequest {
	const used = Object.entries(adjusted).map(([field, change]) => [field, change.used]);
	return { ...request, ...Object.fromEntries(used) };
}

/** Returns the main image: the first frame, or else the first reference. */
export function mainImage({ image, referenceImages }: RequestImages): InputImage | undefined {
	return image ?? referenceImages?.[0];
}

/** Reports whether there is an image in any role. */
export function hasImages({ image, lastFrame, referenceImages = [] }: RequestImages): boolean {
	return image !== undefined || lastFrame !== undefined || referenceImages.length > 0;
}
