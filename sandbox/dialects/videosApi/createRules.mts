import type { ApiError } from '../../server/apiError.mts';
import type { JobVideo, OtherImage } from '../../jobs/jobs.mts';

type Fields = Record<string, unknown>;

/** What a server accepts in `POST /videos`, as data. A field that no rule names is ignored. */
export interface CreateRules {
	/** The only encoding that it accepts, and what it answers to the other; both where this is absent. */
	only?: { encoding: 'json' | 'multipart'; refusal(): ApiError };
	/** Replaces nested fields by flat ones that the rules below can name. */
	flatten?(fields: Fields): Fields;
	model?: {
		/** Used where the request names none; it must name one where this is absent. */
		default?: string;
		problem?(model: string): string | undefined;
	};
	seconds?: SecondsRules;
	shape?: ShapeFields;
	images?: ImageField[];
	videos?: VideoField[];
	/** The field with the id of a completed job to continue, and by how much it becomes longer. */
	previousJob?: { field: string; addedSeconds: number; maxTotalSeconds: number };
	/** The refusal in the words of the server. */
	refuse?(problem: Problem): ApiError;
}

export interface SecondsRules {
	/** `seconds` by default. The first one that is present counts. */
	fields?: string[];
	/** JSON types that it accepts; both by default. Multipart has text alone. */
	json?: 'text' | 'number';
	/** 4 by default, as with OpenAI; a function of the model where the models differ. */
	default?: number | ((model: string) => number);
	/** Why a length is refused, if it is. */
	problem?(seconds: number, model: string): string | undefined;
}

/** The fields that decide width and height; `size` alone by default. */
export interface ShapeFields {
	size?: string;
	aspectRatio?: string;
	resolution?: string;
	width?: string;
	height?: string;
}

/**
 * What a field may hold: an uploaded file; a URL or data URI as text; an object around it (`image_url`, `video_url` or
 * `url`); JSON text of that; base64 without a prefix.
 */
export type FieldForm = 'file' | 'text' | 'object' | 'jsonText' | 'base64';

export interface MediaField {
	field: string;
	/** What the server accepts in this field; anything else is refused. */
	accepts: FieldForm[];
	/** The same for JSON, where it differs from multipart. */
	acceptsInJson?: FieldForm[];
	/** Leaves other forms to another rule for the same field. */
	leavesOtherForms?: boolean;
}

export interface ImageField extends MediaField {
	/** `first` by default. */
	role?: 'first' | OtherImage['role'];
}

export interface VideoField extends MediaField {
	role: JobVideo['role'];
}

export interface Problem {
	kind: 'missing' | 'type' | 'value';
	field: string;
	message: string;
	/** Of a wrong type: what was sent, and what the server wants. */
	got?: string;
	wanted?: string;
}
