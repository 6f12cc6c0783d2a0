import type { IDataObject } from 'n8n-workflow';
import { requestedSize, sidesOf, type Shape } from '../../../request/frameSize';
import type { ImageRole } from '../../../request/requirements';
import type { Change, ChangeWay } from '../../../request/sourceVideo';
import { atHost } from '../knownHosts';

/**
 * The field names of a server in `POST /videos`. Many servers that implement OpenAI's contract ignore unknown fields.
 * With a wrong name, the video has the wrong duration or shape, or lacks its image, and is charged. Sources:
 * docs/protocols/compatible-servers.md.
 */
export interface ServerFields {
	/** Its name in messages. */
	server: string;
	/** Base URLs by which it is recognized; absent if only the user can select it. */
	baseUrl?: RegExp;
	/** The documented body format, if it is not JSON without a file and multipart with one. */
	body?: 'json' | 'multipart';
	duration(seconds: number): IDataObject;
	shape(shape: Shape): IDataObject;
	/** Values without a field. `resolutionAlone` is a resolution without an aspect ratio. */
	lacks: ReadonlyArray<'resolution' | 'resolutionAlone' | 'size'>;
	/** The field of each image role. A role without a field is refused before anything is sent. */
	images: Partial<Record<ImageRole, ImageFieldName>>;
	/** The ways to extend and edit a video, if the server's documentation lists all of them. */
	changes?: Record<Change, ChangeWay[]>;
}

export interface ImageFieldName {
	field: string;
	/** The field is a list. */
	inList?: true;
	/** Writes an image in JSON, if it is not plain text. */
	write?(url: string): IDataObject;
}

/** OpenAI's own names: docs/protocols/openai-videos.md#create-request. */
export const OPENAI_FIELDS: ServerFields = {
	server: "OpenAI's contract",
	// The contract requires text. Strict servers refuse a number.
	duration: (seconds) => ({ seconds: String(seconds) }),
	shape(shape) {
		// It supports only a full pixel size.
		const size = requestedSize(shape);
		return size ? { size } : {};
	},
	lacks: ['resolutionAlone'],
	images: { first: { field: 'input_reference', write: (url) => ({ image_url: url }) } },
};

const TOGETHER: ServerFields = {
	server: 'Together',
	baseUrl: atHost('together.ai', 'together.xyz'),
	body: 'json',
	duration: (seconds) => ({ seconds: String(seconds) }),
	shape({ size, aspectRatio, resolution }) {
		const pixels = aspectRatio && resolution ? requestedSize({ aspectRatio, resolution }) : size;
		const [width, height] = sidesOf(pixels ?? '') ?? [];
		if (width && height) return { width, height };
		return { ...(aspectRatio && { ratio: aspectRatio }), ...(resolution && { resolution }) };
	},
	lacks: [],
	images: {
		first: frameOf('first'),
		last: frameOf('last'),
		reference: { field: 'reference_images', inList: true },
	},
	changes: { extend: [], edit: ['sourceVideo'] },
};

function frameOf(frame: 'first' | 'last'): ImageFieldName {
	return {
		field: 'frame_images',
		inList: true,
		write: (url) => ({ input_image: url, frame }),
	};
}

const GEMINI: ServerFields = {
	server: 'Gemini',
	baseUrl: atHost('generativelanguage.googleapis.com'),
	// The documented example is multipart.
	body: 'multipart',
	duration: (seconds) => ({ duration_seconds: seconds }),
	shape: ratioAndResolution,
	lacks: ['size'],
	images: {
		first: { field: 'input_reference' },
		last: { field: 'last_frame' },
		reference: { field: 'reference_images', inList: true },
	},
	changes: { extend: ['extendVideoId'], edit: [] },
};

const DEEPINFRA: ServerFields = {
	server: 'DeepInfra',
	baseUrl: atHost('deepinfra.com'),
	body: 'json',
	duration: (seconds) => ({ seconds }),
	shape: ({ aspectRatio }) => ratioAndResolution({ aspectRatio }),
	lacks: ['resolution', 'size'],
	images: {},
	changes: { extend: [], edit: [] },
};

const MERGE: ServerFields = {
	server: 'Merge Gateway',
	duration: (seconds) => ({ seconds }),
	// `size` is a tier such as `768P`.
	shape: ({ aspectRatio, resolution }) => ({
		...ratioAndResolution({ aspectRatio }),
		...(resolution && { size: resolution.toUpperCase() }),
	}),
	lacks: ['size'],
	images: OPENAI_FIELDS.images,
};

/** Servers with their own field names, by their value of 'Request Format'. */
export const OTHER_FIELDS = {
	together: TOGETHER,
	gemini: GEMINI,
	deepInfra: DEEPINFRA,
	mergeGateway: MERGE,
} satisfies Record<string, ServerFields>;

function ratioAndResolution({ aspectRatio, resolution }: Shape): IDataObject {
	return {
		...(aspectRatio && { aspect_ratio: aspectRatio }),
		...(resolution && { resolution }),
	};
}
