import type { IBinaryData, IDataObject, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import {
	MAX_KEY_LENGTH,
	type InputImage,
	type RequestImages,
	type VideoRequest,
} from '../request/videoRequest';
import { hashOf, isSameJson, sha256 } from '../support/hash';
import { isRecord } from '../support/isRecord';

/** The place in n8n that a request comes from. Requests from different places are different videos. */
export interface RequestOrigin {
	/** Execution IDs restart with a new database, and templates contain node IDs. */
	instanceId: string;
	/** The execution's ID, or a random text for a run without one. */
	executionId: string;
	nodeId: string;
	/** Two nodes of a workflow that was edited by hand can have the same ID. */
	nodeName: string;
}

/** Identifies a request within a run. The same in every retry. */
export interface RequestIdentity {
	itemIndex: number;
	/** Hash of the user's parameters and the input item. */
	hash: string;
	/** Identifies one of several requests of an item, e.g. a model of a comparison. */
	part?: string;
}

/** Parameters about waiting, cost limits and delivery. Changing one does not make another video. */
const NOT_ABOUT_THE_VIDEO = [
	'waitMode',
	'output',
	'outputBinaryField',
	'comparisonPage',
	'pageBinaryField',
];
const OPTIONS_NOT_ABOUT_THE_VIDEO = [
	...['firstPoll', 'ifCannotPark', 'maxPollInterval', 'parkMinutes', 'queueCounts', 'timeout'],
	...['cancelOnStop', 'itemsAtOnce', 'triggerUrl', 'webhookUrl'],
	...['fallbackModels', 'fallbackOnFailure', 'maxCost', 'maxRunCost', 'unsupportedValues'],
	...['clipFieldPrefix', 'fileName', 'ifSceneFails', 'ifSoundDiffers', 'markDelivered'],
	...['inputLinkHours', 'publicLinkHours'],
];

const CACHED_NAMES = ['cachedResultName', 'cachedResultUrl'];

/**
 * Returns the hash of the parameters as the user wrote them, with expressions unresolved. A prompt with `{{ $now }}` is
 * then the same request on every retry and is not paid for twice.
 * @param form the fields that the node has
 * @param agentArguments the arguments of an AI agent, if the node runs as a tool
 */
export function hashOfParameters(
	parameters: IDataObject,
	form: INodeProperties[],
	agentArguments: unknown[] = [],
): string {
	const written = withoutDefaults(parameters, form);
	const { options = {}, ...fields } = withoutCachedNames(written) as IDataObject;
	const about = (values: IDataObject, left: string[]) =>
		Object.fromEntries(Object.entries(values).filter(([name]) => !left.includes(name)));
	return hashOf([
		about(fields, NOT_ABOUT_THE_VIDEO),
		isRecord(options) ? about(options, OPTIONS_NOT_ABOUT_THE_VIDEO) : options,
		agentArguments,
	]);
}

/**
 * Removes the fields that have their default value. n8n fills in the defaults of fields that a later version of the node adds,
 * so an execution that failed before an update would otherwise create its videos again on a retry. A field whose default
 * depends on the operation stays.
 */
function withoutDefaults(parameters: IDataObject, form: INodeProperties[]): IDataObject {
	const isDefault = ([name, value]: [string, unknown]) => {
		const fields = form.filter((field) => field.name === name);
		return fields.length > 0 && fields.every((field) => isSameJson(field.default, value));
	};
	return Object.fromEntries(Object.entries(parameters).filter((field) => !isDefault(field)));
}

/** Removes what the editor stores next to the ID of a model to show it. It changes with the server's list. */
function withoutCachedNames(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(withoutCachedNames);
	if (!isRecord(value)) return value;
	const kept = Object.entries(value).filter(([name]) => !CACHED_NAMES.includes(name));
	return Object.fromEntries(kept.map(([name, one]) => [name, withoutCachedNames(one)]));
}

/**
 * Returns the hash of one request: the parameters as written, the input item with its files, the images that are sent, and
 * the video file that an expression returned. A file of the item counts by its name, type and size, because n8n moves files
 * between executions and their storage IDs change.
 */
export function hashOfRequest(
	parametersHash: string,
	{ json, binary = {} }: Pick<INodeExecutionData, 'json' | 'binary'>,
	images: RequestImages = {},
	video?: Partial<Pick<IBinaryData, 'fileName' | 'mimeType' | 'fileSize'>>,
): string {
	const files = Object.entries(binary).map(([field, file]) => [
		field,
		file.fileName,
		file.mimeType,
		file.fileSize,
	]);
	const source = video ? [[video.fileName, video.mimeType, video.fileSize]] : [];
	return hashOf([parametersHash, json, files, fingerprintsOf(images), ...source]).slice(0, 32);
}

/** Identifies each image file by the hash of its bytes. */
function fingerprintsOf({ image, lastFrame, referenceImages }: RequestImages) {
	return {
		image: image && fingerprintOf(image),
		lastFrame: lastFrame && fingerprintOf(lastFrame),
		referenceImages: referenceImages?.map(fingerprintOf),
	};
}

/** A URL counts as written, with the parameters. Its value may change with each try: `?v={{ $now.toMillis() }}`. */
function fingerprintOf(image: InputImage): string {
	return image.kind === 'url' ? 'url' : sha256(image.bytes);
}

/**
 * Returns the key that makes one request one paid job on servers that support it (Lumenfall: `idempotency_key` in the
 * body, at most 256 characters).
 * @param slot run, item, hash and part of the request
 * @param attempt number of jobs of this request that ended without a video
 */
export function idempotencyKey(
	origin: RequestOrigin,
	slot: string,
	model: string,
	attempt: number,
): string {
	return `n8n-${hashOf([origin, slot, model, attempt])}`;
}

/**
 * Completes the key from the option 'Idempotency Key'. The server returns the same video for the same key, so each of several
 * requests of an item gets a key of its own.
 * @param part what is different in this request: its model, or the number of its scene
 */
export function withPartKey(request: VideoRequest, part: string): VideoRequest {
	const { idempotencyKey } = request;
	if (idempotencyKey === undefined) return request;
	const key = `${idempotencyKey}/${part}`;
	return { ...request, idempotencyKey: key.length > MAX_KEY_LENGTH ? hashOf(key) : key };
}
