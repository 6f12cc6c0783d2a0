import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { z } from 'zod';
import type { RunSettings } from '../context';
import { CHANGE_WAYS } from '../request/sourceVideo';
import { fileList, optionalFile } from './fileReferences';
import { formOf, type Form } from './form';
import { inputErrors } from './inputErrors';
import { withoutQuotes } from './cell';
import { optionalLink, urlList } from './links';
import { modelNames } from './modelNames';
import { optionalNumber } from './numbers';
import { choice, emptyIn, flag, jsonObject, optionalText } from './values';

/** The values of options that are not set. The form shows the same values; a unit test compares them. */
export const DEFAULTS = {
	timeoutSeconds: 1800,
	firstPollSeconds: 9,
	maxPollSeconds: 30,
	itemsInParallel: 5,
	webhookWaitMinutes: 60,
} as const;

const POLL_SECONDS = {
	min: 0.05,
	max: 600,
	unit: 'seconds',
	expected: 'a number of seconds from 0.05 to 600',
} as const;
const USD = {
	min: 0,
	max: 1_000_000,
	unit: 'usd',
	expected: 'an amount of 0 USD or more',
} as const;

/** Completes the reader of an option that has a default. */
function orDefault<const Usual>(usual: Usual) {
	return <Value>(value: Value | undefined) => value ?? usual;
}

/** The collection 'Options' of every operation. An option that an operation does not have is absent. */
export const optionsForm = z.object({
	additionalParameters: jsonObject('Additional Parameters'),
	audio: flag('Audio'),
	sendVideoAs: choice('Send Video As', ['automatic', ...CHANGE_WAYS]).transform((value) =>
		value === 'automatic' ? undefined : value,
	),
	creativity: optionalNumber('Creativity', {
		min: 0,
		max: 100,
		expected:
			"a level that the model supports. The operation 'Get' of the resource 'Model' returns them",
	}),
	cancelOnStop: flag('Cancel Video on Stop').transform(orDefault(true)),
	clipFieldPrefix: optionalText('Clip Field Prefix'),
	continueScenes: flag('Continue From the Previous Scene').transform(orDefault(false)),
	fallbackModels: modelNames('Fallback Models'),
	fallbackOnFailure: flag('Fall Back When the Video Fails').transform(orDefault(false)),
	// Agents write a name in quotation marks.
	fileName: optionalText('File Name').transform((name) => name && withoutQuotes(name)),
	firstPoll: optionalNumber('Initial Polling Delay (Seconds)', POLL_SECONDS).transform(
		orDefault(DEFAULTS.firstPollSeconds),
	),
	idempotencyKey: optionalText('Idempotency Key'),
	ifCannotPark: choice('If Webhook Is Not Possible', ['error', 'poll']).transform(
		orDefault('error'),
	),
	ifSceneFails: choice('If a Scene Fails', ['fail', 'leaveOut']).transform(orDefault('fail')),
	ifSoundDiffers: choice('If Sound Differs', ['refuse', 'leaveOut']).transform(orDefault('refuse')),
	imageFit: choice('Image Fit', ['asIs', 'crop', 'pad']).transform((value) =>
		value === 'asIs' ? undefined : value,
	),
	imageRole: choice('Image Role', ['firstFrame', 'reference']).transform(orDefault('firstFrame')),
	inputLinkHours: optionalNumber('Input Link (Hours)', {
		min: 0,
		max: 168,
		unit: 'hours',
		expected: 'a number of hours from 0 to 168 (a week)',
	}).transform((hours) => hours || undefined),
	itemsAtOnce: optionalNumber('Items in Parallel', {
		min: 1,
		max: 100,
		isWhole: true,
		expected: 'a whole number from 1 to 100',
	}).transform(orDefault(DEFAULTS.itemsInParallel)),
	lastFrame: optionalFile('Last Frame'),
	lastFrameParameter: optionalText('Last Frame Parameter'),
	markDelivered: flag('Mark as Delivered').transform(orDefault(false)),
	maxCost: optionalNumber('Max Cost', USD),
	maxPollInterval: optionalNumber('Max Polling Interval (Seconds)', POLL_SECONDS).transform(
		orDefault(DEFAULTS.maxPollSeconds),
	),
	maxRunCost: optionalNumber('Max Cost of Run', USD),
	negativePrompt: optionalText('Negative Prompt'),
	parkMinutes: optionalNumber('Max Webhook Wait (Minutes)', {
		min: 1,
		max: 10_080,
		unit: 'minutes',
		expected: 'a number of minutes from 1 to 10080 (a week)',
	}).transform(orDefault(DEFAULTS.webhookWaitMinutes)),
	// 0 is for no link, as an expression may decide for each item.
	publicLinkHours: optionalNumber('Public Link (Hours)', {
		min: 0,
		max: 8760,
		unit: 'hours',
		expected: 'a number of hours from 0 to 8760 (a year)',
	}).transform((hours) => hours || undefined),
	queueCounts: flag('Queue Counts Towards Timeout').transform(orDefault(true)),
	referenceAudio: urlList('Reference Audio'),
	referenceImages: fileList('Reference Images'),
	referenceVideos: urlList('Reference Videos'),
	seed: optionalNumber('Seed', {
		min: 0,
		max: Number.MAX_SAFE_INTEGER,
		isWhole: true,
		expected: 'a whole number of 0 or more',
	}),
	timeout: optionalNumber('Timeout (Seconds)', {
		min: 1,
		max: 86_400,
		unit: 'seconds',
		expected: 'a number of seconds from 1 to 86400 (one day)',
	}).transform(orDefault(DEFAULTS.timeoutSeconds)),
	triggerUrl: optionalLink('Register With Trigger'),
	unsupportedValues: choice('Unsupported Values', ['refuse', 'nearest', 'send']).transform(
		orDefault('refuse'),
	),
	upscaleFactor: optionalNumber('Upscale Factor', {
		min: 1,
		max: 100,
		unit: 'factor',
		expected: 'a factor of 1 or more',
	}),
	user: optionalText('User'),
	webhookUrl: optionalLink('Webhook URL'),
});

export type Options = z.output<typeof optionsForm>;

/** Reads the options of an item. Call it once per item, because an expression may return another value each time. */
export function readOptions(form: Form): Options {
	const options = form.collection('options', 'Options');
	requireCostLimits(options);
	form.noteEmpty(options, { idempotencyKey: 'Idempotency Key' }, 'one is generated');
	return optionsForm.parse(options);
}

/** An empty expression in a limit must fail, or the limit would silently vanish. */
function requireCostLimits(options: IDataObject): void {
	const limits = { maxCost: 'Max Cost', maxRunCost: 'Max Cost of Run' };
	const [empty] = emptyIn(options, limits);
	if (empty === undefined) return;
	throw inputErrors.badOption(empty, '', 'an amount of 0 USD or more, or remove the option');
}

/**
 * Reads the options that hold for the whole run. The first item decides. An invalid value is reported by each item, so it
 * is only replaced here.
 */
export function readRunSettings(execution: IExecuteFunctions): RunSettings {
	const form = formOf({ execution, itemIndex: 0 });
	const { itemsAtOnce, parkMinutes, markDelivered } = optionsForm.shape;
	return {
		itemsInParallel: readOptionOfRun(form, 'itemsAtOnce', itemsAtOnce),
		webhookWaitMinutes: readOptionOfRun(form, 'parkMinutes', parkMinutes),
		marksDelivered: readOptionOfRun(form, 'markDelivered', markDelivered),
	};
}

/** Reads a single option, so that the expressions of the others are not evaluated again. */
function readOptionOfRun<Value>(
	form: Form,
	name: string,
	reader: { parse(value: unknown): Value },
): Value {
	try {
		return reader.parse(form.value(`options.${name}`));
	} catch {
		return reader.parse(undefined);
	}
}
