import type { ApiError } from '../../server/apiError.mts';
import type { JobVideo, OtherImage } from '../../jobs/job.mts';

type Fields = Record<string, unknown>;

/** The fields that a server accepts in `POST /videos`, as data. Fields without a rule are ignored. */
export interface CreateRules {
	/** The only accepted encoding, and the refusal of the other. If absent, both are accepted. */
	only?: { encoding: 'json' | 'multipart'; refusal(): ApiError };
	/** Replaces nested fields by flat ones, to which the rules below can refer. */
	flatten?(fields: Fields): Fields;
	model?: {
		/** The default value. If absent, the field is required. */
		default?: string;
		problem?(model: string): string | undefined;
	};
	seconds?: SecondsRules;
	shape?: ShapeFields;
	images?: ImageField[];
	videos?: VideoField[];
	/** The field with the id of a completed job to continue, and the number of seconds that are added to it. */
	previousJob?: { field: string; addedSeconds: number; maxTotalSeconds: number };
	/** Returns the refusal with the server's own message. */
	refuse?(problem: Problem): ApiError;
}

interface SecondsRules {
	/** `seconds` by default. The first field that is present is used. */
	fields?: string[];
	/** The accepted JSON type. Both by default. Multipart has only text. */
	json?: 'text' | 'number';
	/** 4 by default, as on OpenAI. A function if the default depends on the model. */
	default?: number | ((model: string) => number);
	/** Returns the reason why a duration is refused, or undefined. */
	problem?(seconds: number, model: string): string | undefined;
}

/** The fields that determine width and height. Only `size` by default. */
export interface ShapeFields {
	size?: string;
	aspectRatio?: string;
	resolution?: string;
	width?: string;
	height?: string;
}

/**
 * The accepted form of a value: an uploaded file; a URL or data URI as text; an object around it (`image_url`,
 * `video_url` or `url`); that object as JSON text; base64 without a prefix.
 */
export type FieldForm = 'file' | 'text' | 'object' | 'jsonText' | 'base64';

export interface MediaField {
	field: string;
	/** The forms that this field accepts. All others are refused. */
	accepts: FieldForm[];
	/** The forms in JSON, if they differ from those in multipart. */
	acceptsInJson?: FieldForm[];
	/** Does not refuse other forms, because another rule reads them. */
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
	/** The received and the expected type, if the type is wrong. */
	got?: string;
	wanted?: string;
}
