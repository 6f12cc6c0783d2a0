import { jsonParse, type IDataObject, type IExecuteFunctions } from 'n8n-workflow';
import { z } from 'zod';
import { inputErrors } from '../errors/inputErrors';
import { FIRST_POLL_MS, MAX_PAUSE_MS } from '../wait/pollSchedule';
import type { FileVariant } from '../job/job';
import { imageFit, imageRole, imageNames } from './imageOptions';
import type { WaitOptions } from '../wait/waitForVideo';
import type { VideoSettings } from '../request/videoRequest';

/**
 * Reads the form once, into typed values. Expressions and AI tools may deliver anything: a number as text, JSON as an
 * object, a name where a choice was meant.
 */

const DEFAULT_TIMEOUT_SECONDS = 1800;
const DEFAULT_ITEMS_AT_ONCE = 5;
const DEFAULT_PARK_MINUTES = 60;

export const text = z.union([z.string(), z.number().transform(String)]).catch('');
export const optionalText = text.transform((value) => value.trim() || undefined).optional();

/** Expressions and agents write booleans as words. */
export const flag = z.union([
	z.boolean(),
	z.enum(['true', 'false']).transform((word) => word === 'true'),
]);

/** Ids of models, as a list or as text with a comma or a line break between them. */
const modelList = z
	.unknown()
	.transform((value) => [value].flat().flatMap((part) => text.parse(part).split(/[,\n]/)))
	.transform((ids) => ids.map((id) => id.trim()).filter(Boolean));

function optionalNumber(parameter: string, min: number, max: number, expected: string) {
	return z.unknown().transform((value) => {
		if (value === undefined || value === null || value === '') return undefined;
		const number = Number(value);
		if (!(number >= min && number <= max)) throw inputErrors.badOption(parameter, value, expected);
		return number;
	});
}

const optionsForm = z.object({
	additionalParameters: z
		.unknown()
		.transform((value) => readObject('Additional Parameters', value)),
	audio: flag.optional(),
	cancelOnStop: flag.default(true),
	fallbackModels: modelList,
	fallbackOnFailure: flag.default(false),
	fileName: optionalText,
	firstPoll: optionalNumber(
		'Initial Polling Delay (Seconds)',
		0.05,
		600,
		'seconds from 0.05 to 600',
	),
	idempotencyKey: optionalText,
	ifCannotPark: z.enum(['error', 'poll']).catch('error'),
	imageFit,
	imageRole,
	itemsAtOnce: optionalNumber('Items in Parallel', 1, 100, 'a whole number from 1 to 100'),
	lastFrame: optionalText,
	lastFrameParameter: optionalText,
	maxCost: optionalNumber('Max Cost', 0, 1_000_000, 'USD of 0 or more'),
	maxPollInterval: optionalNumber(
		'Max Polling Interval (Seconds)',
		0.05,
		600,
		'seconds from 0.05 to 600',
	),
	maxRunCost: optionalNumber('Max Cost of Run', 0, 1_000_000, 'USD of 0 or more'),
	negativePrompt: optionalText,
	parkMinutes: optionalNumber(
		'Max Webhook Wait (Minutes)',
		1,
		10_080,
		'minutes from 1 to 10080 (a week)',
	),
	queueCounts: flag.default(true),
	referenceImages: imageNames,
	seed: optionalNumber('Seed', 0, Number.MAX_SAFE_INTEGER, 'a number of 0 or more'),
	timeout: optionalNumber('Timeout (Seconds)', 1, 86_400, 'seconds from 1 to 86400 (one day)'),
	unsupportedValues: z.enum(['refuse', 'nearest', 'send']).catch('refuse'),
	user: optionalText,
	webhookUrl: optionalText,
});

export type Options = z.output<typeof optionsForm>;

export function readOptions(execution: IExecuteFunctions, itemIndex: number): Options {
	const options = execution.getNodeParameter('options', itemIndex, {}) as IDataObject;
	requireMaximums(options);
	return optionsForm.parse(options);
}

/** A maximum from an expression that found nothing must not become none at all. */
function requireMaximums(options: IDataObject): void {
	for (const [name, parameter] of [
		['maxCost', 'Max Cost'],
		['maxRunCost', 'Max Cost of Run'],
	]) {
		const isEmpty = [undefined, null, ''].includes(options[name] as string | null | undefined);
		if (name in options && isEmpty)
			throw inputErrors.badOption(parameter, '', 'USD of 0 or more, or remove the option');
	}
}

/** How many items may run side by side. */
export function readItemsInParallel(execution: IExecuteFunctions): number {
	return Math.floor(optionsOfBatch(execution).itemsAtOnce ?? DEFAULT_ITEMS_AT_ONCE);
}

/** How long the execution stays parked at most. */
export function readMaxWebhookWaitMinutes(execution: IExecuteFunctions): number {
	return optionsOfBatch(execution).parkMinutes ?? DEFAULT_PARK_MINUTES;
}

/** The first item decides for the batch. A bad value is reported per item. */
function optionsOfBatch(execution: IExecuteFunctions): Partial<Options> {
	try {
		return readOptions(execution, 0);
	} catch {
		return {};
	}
}

/** The form of a generating operation, apart from the picture. */
export function readRequestForm(execution: IExecuteFunctions, itemIndex: number): VideoSettings {
	const model = execution.getNodeParameter('model', itemIndex, '', { extractValue: true });
	return { ...readVideoSettings(execution, itemIndex), model: text.parse(model) };
}

/** What is wanted of the video, whichever model makes it. */
export function readVideoSettings(
	execution: IExecuteFunctions,
	itemIndex: number,
): Omit<VideoSettings, 'model'> {
	const read = (name: string) =>
		execution.getNodeParameter(name, itemIndex, '', { extractValue: true });
	const options = readOptions(execution, itemIndex);
	const { additionalParameters, audio, idempotencyKey, negativePrompt, seed, user } = options;
	const { imageFit, lastFrameParameter } = options;
	const aspectRatio = text.parse(read('aspectRatio'));
	const resolution = aspectRatio === 'custom' ? 'modelDefault' : text.parse(read('resolution'));
	return {
		prompt: text.parse(read('prompt')),
		seconds: readSeconds(read('seconds')),
		...(aspectRatio === 'custom' && { customSize: text.parse(read('customSize')) }),
		...(isChosen(aspectRatio) && { aspectRatio }),
		...(isChosen(resolution) && { resolution }),
		...(imageFit && { imageFit }),
		...(lastFrameParameter && { lastFrameParameter }),
		...{ additionalParameters, audio, idempotencyKey, negativePrompt, seed, user },
	};
}

export function readText(execution: IExecuteFunctions, name: string, itemIndex: number): string {
	return text.parse(execution.getNodeParameter(name, itemIndex, '')).trim();
}

export function readOutputField(execution: IExecuteFunctions, itemIndex: number): string {
	const field = readText(execution, 'outputBinaryField', itemIndex);
	if (!field) throw inputErrors.badFieldName();
	return field;
}

const waitModes = z.enum(['poll', 'webhook', 'none']).catch('poll');

export type WaitMode = z.output<typeof waitModes>;

export function readWaitMode(execution: IExecuteFunctions, itemIndex: number): WaitMode {
	return waitModes.parse(readText(execution, 'waitMode', itemIndex));
}

export function readWaitOptions(options: Options): WaitOptions {
	const { timeout, firstPoll, maxPollInterval, queueCounts, cancelOnStop } = options;
	const milliseconds = (seconds: number | undefined) =>
		seconds === undefined ? undefined : seconds * 1000;
	return {
		timeoutMs: (timeout ?? DEFAULT_TIMEOUT_SECONDS) * 1000,
		firstPollMs: milliseconds(firstPoll) ?? FIRST_POLL_MS,
		maxPauseMs: milliseconds(maxPollInterval) ?? MAX_PAUSE_MS,
		queueCounts,
		cancelOnStop,
	};
}

const variants = z.enum(['video', 'thumbnail', 'spritesheet']).catch('video');

export function readVariant(execution: IExecuteFunctions, itemIndex: number): FileVariant {
	return variants.parse(execution.getNodeParameter('variant', itemIndex, 'video'));
}

function isChosen(value: string): boolean {
	return value !== '' && value !== 'custom' && value !== 'modelDefault';
}

function readSeconds(value: unknown): number {
	const seconds = typeof value === 'string' && value.trim() === '' ? Number.NaN : Number(value);
	if (Number.isNaN(seconds)) throw inputErrors.badDuration(value);
	return seconds;
}

function readObject(parameter: string, value: unknown): IDataObject {
	if (value === undefined || value === '') return {};
	const parsed =
		typeof value === 'string' ? jsonParse<unknown>(value, { fallbackValue: null }) : value;
	const isObject = typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed);
	if (!isObject) throw inputErrors.badJson(parameter);
	return parsed as IDataObject;
}
