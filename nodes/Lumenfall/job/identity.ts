import { createHash } from 'node:crypto';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { InputImage, RequestImages } from '../request/videoRequest';

/** Where in n8n a request comes from. Requests from different places are different videos. */
export interface RequestOrigin {
	/** Execution IDs start again with a fresh database, and node IDs travel with templates. */
	instanceId: string;
	/** The execution's ID, or a random text for a run without one. */
	executionId: string;
	nodeId: string;
	/** Two nodes of a hand-edited workflow can have the same ID. */
	nodeName: string;
}

/** Which request of a run it is. The same in every retry. */
export interface RequestIdentity {
	itemIndex: number;
	/** Hash of what the user wrote and of the input item. */
	hash: string;
	/** One of several requests of an item, e.g. a model of a comparison. */
	part?: string;
}

/** Parameters that say how a video is waited for, paid or delivered, not what it is. Changing one keeps the video. */
const NOT_ABOUT_THE_VIDEO = [
	'waitMode',
	'output',
	'outputBinaryField',
	'comparisonPage',
	'pageBinaryField',
];
const OPTIONS_NOT_ABOUT_THE_VIDEO = [
	...[
		'cancelOnStop',
		'fallbackModels',
		'fallbackOnFailure',
		'fileName',
		'firstPoll',
		'ifCannotPark',
	],
	...['itemsAtOnce', 'maxCost', 'maxPollInterval', 'maxRunCost', 'parkMinutes', 'publicLinkHours'],
	...['queueCounts', 'timeout', 'unsupportedValues', 'webhookUrl'],
];

/**
 * Hash of the parameters as the user wrote them, with expressions unresolved: `{{ $now }}` in a prompt is the same request
 * on every retry, and must not be paid for twice.
 * @param agentArguments what an AI agent filled in, for a node that runs as a tool
 */
export function hashOfParameters(parameters: IDataObject, agentArguments: unknown[] = []): string {
	const { options, ...fields } = parameters;
	const about = (values: IDataObject, left: string[]) =>
		Object.fromEntries(Object.entries(values).filter(([name]) => !left.includes(name)));
	return hashOf([
		about(fields, NOT_ABOUT_THE_VIDEO),
		isObject(options) ? about(options, OPTIONS_NOT_ABOUT_THE_VIDEO) : options,
		agentArguments,
	]);
}

/**
 * Hash of one request: the parameters as written, the input item with its files, and the images that are sent.
 * A file of the item counts by its name, type and size: n8n moves files between executions, so their storage IDs change.
 */
export function hashOfRequest(
	parametersHash: string,
	{ json, binary = {} }: Pick<INodeExecutionData, 'json' | 'binary'>,
	images: RequestImages = {},
): string {
	const files = Object.entries(binary).map(([field, file]) => [
		field,
		...[file.fileName, file.mimeType, file.fileSize],
	]);
	return hashOf([parametersHash, json, files, fingerprintsOf(images)]).slice(0, 32);
}

/** The images of a request by the hash of their bytes, or by URL. */
function fingerprintsOf({ image, lastFrame, referenceImages }: RequestImages) {
	return {
		image: image && fingerprintOf(image),
		lastFrame: lastFrame && fingerprintOf(lastFrame),
		referenceImages: referenceImages?.map(fingerprintOf),
	};
}

function fingerprintOf(image: InputImage): string {
	return image.kind === 'url' ? image.url : createHash('sha256').update(image.bytes).digest('hex');
}

/**
 * The key that makes one request one paid job on servers that support it (Lumenfall: `idempotency_key` in the body, at most
 * 256 characters).
 * @param slot run, item, hash and part of the request
 * @param attempt how many jobs of this request ended without a video
 */
export function idempotencyKey(
	origin: RequestOrigin,
	slot: string,
	model: string,
	attempt: number,
): string {
	return `n8n-${hashOf([origin, slot, model, attempt])}`;
}

/** Hash of any JSON value. The order of keys does not matter. */
export function hashOf(value: unknown): string {
	return createHash('sha256').update(stableText(value)).digest('hex');
}

/** Enough of a hash to recognize a text, and short enough to be stored for each of thousands of items. */
export function shortHash(text: string): string {
	return hashOf(text).slice(0, 32);
}

function stableText(value: unknown): string {
	const text = JSON.stringify(value, (_, inner: unknown) =>
		isObject(inner)
			? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
			: inner,
	);
	return text ?? 'undefined';
}

function isObject(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
