import type { IDataObject } from 'n8n-workflow';
import { inputErrors } from '../errors/inputErrors';
import { imageErrors } from '../errors/imageErrors';
import type { ImageType } from '../media/fileType';
import type { Fit } from '../media/fitImage';
import type { ImageMetadata } from '../media/imageMetadata';
import { checkImageFit, followImage, hasImages, mainImage, SAME_AS_IMAGE } from './imageShape';
import { KNOWN_FIELDS, IMAGE_FIELDS, PROTECTED_FIELDS } from '../request/fields';

/** A picture as it goes to the server. */
export type InputImage =
	| { kind: 'url'; url: string }
	| {
			kind: 'file';
			bytes: Buffer;
			mimeType: ImageType;
			fileName: string;
			/** What the header says; absent where it is damaged. */
			facts?: ImageMetadata;
	  };

/** The pictures of a request, by what each is to the video. */
export interface RequestImages {
	/** The first frame. Absent where the picture of the form is a reference; it is then the first of these. */
	image?: InputImage;
	lastFrame?: InputImage;
	/** Show what should appear somewhere: a person, a product, a style. */
	referenceImages?: InputImage[];
}

/** One wanted video, checked. What the user left to the model is absent and is not sent. */
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
	/** The ratio is that of the picture, as near as the model has it. */
	followsImage?: true;
	/** What the model calls its last frame, on servers that have no field for one. */
	lastFrameParameter?: string;
	/** How frames get the size of the video; absent where they are sent as they are. */
	imageFit?: Fit;
	negativePrompt?: string;
	seed?: number;
	audio?: boolean;
	user?: string;
	/** Called by the server when the video has ended; says nothing about what is made. */
	webhookUrl?: string;
	/** Sent as they are; they win over the form, except for the protected names. */
	additionalParameters: IDataObject;
	/** The user's own key. */
	idempotencyKey?: string;
}

/** The values of the form, before they are checked. */
export interface RequestForm extends Omit<VideoRequest, 'size' | keyof RequestImages> {
	/** Only where 'Aspect Ratio' is 'Custom'. */
	customSize?: string;
}

/** docs/protocols/lumenfall.md#create-request. */
const MAX_KEY_LENGTH = 256;
/** No model makes an hour in one go; a larger number is a slip, often milliseconds. */
const MAX_SECONDS = 600;

/**
 * Turns the form into a request, or says what is wrong with it. Nothing has been sent yet, so nothing is spent.
 * @throws FailureError naming the parameter
 */
export function buildRequest(form: RequestForm, pictures: RequestImages = {}): VideoRequest {
	const { customSize, lastFrameParameter, ...values } = form;
	const request: VideoRequest = {
		...values,
		prompt: form.prompt.trim(),
		model: form.model.trim(),
		...(customSize !== undefined && { size: readSize(customSize) }),
		...(form.aspectRatio === SAME_AS_IMAGE && followImage(form.model, mainImage(pictures))),
		...pictures,
		// A constant for all items says nothing about one without a last frame.
		...(pictures.lastFrame && lastFrameParameter && { lastFrameParameter }),
	};
	checkBasics(request);
	checkImageFit(request);
	checkLastFrameParameter(request);
	checkAdditionalParameters(request);
	return request;
}

function checkBasics(request: VideoRequest): void {
	const { prompt, model, seconds, aspectRatio, resolution, idempotencyKey } = request;
	if (!prompt) throw inputErrors.emptyPrompt();
	if (!model) throw inputErrors.emptyModel();
	if (!(seconds > 0 && seconds <= MAX_SECONDS)) throw inputErrors.badDuration(seconds);
	if (aspectRatio && !/^[1-9]\d*:[1-9]\d*$/.test(aspectRatio)) {
		throw inputErrors.badOption('Aspect Ratio', aspectRatio, 'a ratio such as 16:9');
	}
	if (resolution && !/^\d{3,4}p$/.test(resolution)) {
		throw inputErrors.badOption('Resolution', resolution, 'a resolution such as 720p');
	}
	if ((idempotencyKey?.length ?? 0) > MAX_KEY_LENGTH) throw inputErrors.keyTooLong(MAX_KEY_LENGTH);
}

/** The picture must neither overwrite another field nor be overwritten by it. */
function checkLastFrameParameter({ lastFrameParameter: name }: VideoRequest): void {
	if (name !== undefined && (!/^[a-z]\w*$/i.test(name) || KNOWN_FIELDS.includes(name)))
		throw imageErrors.badParameter(name);
}

function checkAdditionalParameters(request: VideoRequest): void {
	const { additionalParameters: parameters, lastFrameParameter, webhookUrl } = request;
	const own = [...PROTECTED_FIELDS];
	if (hasImages(request)) own.push(...IMAGE_FIELDS);
	if (lastFrameParameter) own.push(lastFrameParameter);
	if (webhookUrl) own.push('webhook_url');
	const taken = Object.keys(parameters).filter((name) => own.includes(name));
	if (taken.length > 0) throw inputErrors.protectedParameter(taken);
	if (parameters.n !== undefined && Number(parameters.n) !== 1) throw inputErrors.severalVideos();
}

function readSize(text: string): string {
	const size = text
		.trim()
		.toLowerCase()
		.replace(/[×*\s]+/g, 'x')
		.replace(/x+/g, 'x');
	if (!/^[1-9]\d{1,4}x[1-9]\d{1,4}$/.test(size)) throw inputErrors.badSize(text);
	return size;
}
