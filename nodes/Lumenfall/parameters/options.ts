import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { z } from 'zod';
import { inputErrors } from './inputErrors';
import type { UnsupportedValues } from '../models/limits';
import { choice, flag, jsonObject, nameList, optionalNumber, optionalText } from './values';

/** What counts where an option is not set. */
export const DEFAULTS = {
	timeoutSeconds: 1800,
	firstPollSeconds: 10,
	maxPollSeconds: 15,
	itemsInParallel: 5,
	webhookWaitMinutes: 60,
} as const;

const POLL_SECONDS = 'seconds from 0.05 to 600';
const ITEMS_IN_PARALLEL = optionalNumber(
	'Items in Parallel',
	1,
	100,
	'a whole number from 1 to 100',
);
const WEBHOOK_WAIT_MINUTES = optionalNumber(
	'Max Webhook Wait (Minutes)',
	1,
	10_080,
	'minutes from 1 to 10080 (a week)',
);

/** The collection 'Options' of every operation. An option that an operation does not have is absent. */
const optionsForm = z.object({
	additionalParameters: jsonObject('Additional Parameters'),
	audio: flag('Audio'),
	cancelOnStop: flag('Cancel on Stop').transform((value) => value ?? true),
	fallbackModels: nameList,
	fallbackOnFailure: flag('Fall Back When the Video Fails').transform((value) => value ?? false),
	fileName: optionalText,
	firstPoll: optionalNumber('Initial Polling Delay (Seconds)', 0.05, 600, POLL_SECONDS),
	idempotencyKey: optionalText,
	ifCannotPark: choice('If Webhook Is Not Possible', ['error', 'poll']).transform(
		(value) => value ?? 'error',
	),
	imageFit: choice('Image Fit', ['asIs', 'crop', 'pad']).transform((value) =>
		value === 'asIs' ? undefined : value,
	),
	imageRole: choice('Image Role', ['firstFrame', 'reference']).transform(
		(value) => value ?? 'firstFrame',
	),
	itemsAtOnce: ITEMS_IN_PARALLEL,
	lastFrame: optionalText,
	lastFrameParameter: optionalText,
	maxCost: optionalNumber('Max Cost', 0, 1_000_000, 'USD of 0 or more'),
	maxPollInterval: optionalNumber('Max Polling Interval (Seconds)', 0.05, 600, POLL_SECONDS),
	maxRunCost: optionalNumber('Max Cost of Run', 0, 1_000_000, 'USD of 0 or more'),
	negativePrompt: optionalText,
	parkMinutes: WEBHOOK_WAIT_MINUTES,
	queueCounts: flag('Queue Counts Towards Timeout').transform((value) => value ?? true),
	referenceImages: nameList,
	seed: optionalNumber('Seed', 0, Number.MAX_SAFE_INTEGER, 'a number of 0 or more'),
	timeout: optionalNumber('Timeout (Seconds)', 1, 86_400, 'seconds from 1 to 86400 (one day)'),
	unsupportedValues: choice('Unsupported Values', ['refuse', 'nearest', 'send']).transform(
		(value): UnsupportedValues => value ?? 'refuse',
	),
	user: optionalText,
	webhookUrl: optionalText,
});

export type Options = z.output<typeof optionsForm>;

/** Reads the options of an item. Call it once per item: an expression in an option may give another value the next time. */
export function readOptions(execution: IExecuteFunctions, itemIndex: number): Options {
	const options = (execution.getNodeParameter('options', itemIndex, {}) ?? {}) as IDataObject;
	requireCostLimits(options);
	return optionsForm.parse(options);
}

/** An empty expression in a limit must fail, or the limit would silently vanish. */
function requireCostLimits(options: IDataObject): void {
	for (const [name, parameter] of [
		['maxCost', 'Max Cost'],
		['maxRunCost', 'Max Cost of Run'],
	]) {
		const value = options[name];
		const isEmpty = value === undefined || value === null || String(value).trim() === '';
		if (name in options && isEmpty)
			throw inputErrors.badOption(parameter, '', 'USD of 0 or more, or remove the option');
	}
}

/** How many items run in parallel. The first item decides for the run; each item reports a bad value. */
export function readItemsInParallel(execution: IExecuteFunctions): number {
	const items = readOptionOfRun(execution, 'itemsAtOnce', ITEMS_IN_PARALLEL);
	return Math.floor(items ?? DEFAULTS.itemsInParallel);
}

/** How long the execution stays suspended at most, in minutes. The first item decides for the run. */
export function readWebhookWaitMinutes(execution: IExecuteFunctions): number {
	return (
		readOptionOfRun(execution, 'parkMinutes', WEBHOOK_WAIT_MINUTES) ?? DEFAULTS.webhookWaitMinutes
	);
}

/** Reads one option alone, so that the others are not evaluated once more. */
function readOptionOfRun(
	execution: IExecuteFunctions,
	name: string,
	reader: typeof ITEMS_IN_PARALLEL,
): number | undefined {
	try {
		return reader.parse(execution.getNodeParameter(`options.${name}`, 0, ''));
	} catch {
		return undefined;
	}
}
