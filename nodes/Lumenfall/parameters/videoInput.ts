import type { IExecuteFunctions } from 'n8n-workflow';
import { inputErrors } from './inputErrors';
import type { UnsupportedValues } from '../models/limits';
import type { VideoSettings } from '../request/videoRequest';
import { imageSelectionOf, type ImageSelection } from './images';
import { DEFAULTS, readOptions, type Options } from './options';
import { numberOf, readBinaryField, readChoice, readModelId, readText } from './values';

/** What the user asks of a video: how it looks, what it may cost, how it is waited for and where the file goes. */
export interface VideoInput {
	settings: VideoSettings;
	/** Absent for an operation without images. */
	images?: ImageSelection;
	rules: CreateRules;
	wait: WaitSettings;
	/** Where the file goes; absent if only the URL is wanted. */
	target?: FileTarget;
}

/** What the user allows before a video is created. */
export interface CreateRules {
	unsupportedValues: UnsupportedValues;
	/** USD. */
	maxCost?: number;
	/** USD, for all items of a run together. */
	maxRunCost?: number;
	/** In the order in which they are tried. */
	fallbackModels: string[];
	/** Whether a video that fails at the provider is also tried with the next model. */
	fallbackOnFailure: boolean;
}

const WAIT_MODES = ['poll', 'webhook', 'none'] as const;

/** How an item waits for its video. */
export type WaitMode = (typeof WAIT_MODES)[number];

export interface WaitSettings {
	mode: WaitMode;
	/** Called by the server when the video has ended, in another workflow. */
	webhookUrl?: string;
	/** Whether to poll if a webhook is not possible. */
	pollsIfNoWebhook: boolean;
	timeoutMs: number;
	firstPollMs: number;
	maxPauseMs: number;
	/** Whether time in the server's queue counts towards the timeout. */
	queueCounts: boolean;
	/** Whether the server is asked to cancel the job when the user stops the execution. */
	cancelOnStop: boolean;
}

/** Where a file goes in the output item. */
export interface FileTarget {
	field: string;
	fileName?: string;
}

/**
 * Reads the form of an operation that creates one video, once per item.
 * @throws FailureError naming the field
 */
export function readVideoInput(execution: IExecuteFunctions, itemIndex: number): VideoInput {
	const hasImages = readText(execution, 'operation', itemIndex) !== 'textToVideo';
	const options = readOptions(execution, itemIndex);
	const wait = readWaitSettings(execution, itemIndex, options);
	return {
		settings: {
			...readSettings(execution, itemIndex, options),
			model: readModelId(execution, itemIndex),
		},
		...(hasImages && { images: imageSelectionOf(execution, itemIndex, options) }),
		rules: rulesOf(options),
		wait,
		target: wait.mode === 'none' ? undefined : readTarget(execution, itemIndex, options),
	};
}

/** The settings of a video, whichever model makes it. */
export function readSettings(
	execution: IExecuteFunctions,
	itemIndex: number,
	options: Options,
): Omit<VideoSettings, 'model'> {
	const read = (name: string) => readText(execution, name, itemIndex);
	const { additionalParameters, audio, idempotencyKey, negativePrompt, seed, user } = options;
	const { imageFit, lastFrameParameter } = options;
	const aspectRatio = keywordOr(read('aspectRatio'));
	const isCustom = aspectRatio === 'custom';
	const resolution = isCustom ? '' : keywordOr(read('resolution').toLowerCase());
	return {
		prompt: read('prompt'),
		seconds: readSeconds(execution.getNodeParameter('seconds', itemIndex, '') as unknown),
		...(isCustom && { customSize: read('customSize') }),
		...(isSelected(aspectRatio) && { aspectRatio }),
		...(isSelected(resolution) && { resolution }),
		...(imageFit && { imageFit }),
		...(lastFrameParameter && { lastFrameParameter }),
		...{ additionalParameters, audio, idempotencyKey, negativePrompt, seed, user },
	};
}

const KEYWORDS = ['modelDefault', 'sameAsImage', 'custom'];

/** A value of the form that is a word, whatever its capitals; any other text as it is. */
function keywordOr(value: string): string {
	return KEYWORDS.find((word) => word.toLowerCase() === value.toLowerCase()) ?? value;
}

function isSelected(value: string): boolean {
	return value !== '' && value !== 'custom' && value !== 'modelDefault';
}

function readSeconds(value: unknown): number {
	const seconds = numberOf(value);
	if (seconds === undefined) throw inputErrors.badDuration(value);
	return seconds;
}

export function rulesOf(options: Options): CreateRules {
	const { unsupportedValues, maxCost, maxRunCost, fallbackModels, fallbackOnFailure } = options;
	return { unsupportedValues, maxCost, maxRunCost, fallbackModels, fallbackOnFailure };
}

/** How an operation waits that has no field 'Wait' polls. */
export function waitSettingsOf(options: Options, mode: WaitMode = 'poll'): WaitSettings {
	const { timeout, firstPoll, maxPollInterval, queueCounts, cancelOnStop } = options;
	return {
		mode,
		...(options.webhookUrl && { webhookUrl: options.webhookUrl }),
		pollsIfNoWebhook: options.ifCannotPark === 'poll',
		timeoutMs: (timeout ?? DEFAULTS.timeoutSeconds) * 1000,
		firstPollMs: (firstPoll ?? DEFAULTS.firstPollSeconds) * 1000,
		maxPauseMs: (maxPollInterval ?? DEFAULTS.maxPollSeconds) * 1000,
		queueCounts,
		cancelOnStop,
	};
}

function readWaitSettings(
	execution: IExecuteFunctions,
	itemIndex: number,
	options: Options,
): WaitSettings {
	return waitSettingsOf(options, readChoice(execution, 'waitMode', itemIndex, 'Wait', WAIT_MODES));
}

/** Where the file goes; undefined if the form asks for the URL only. */
export function readTarget(
	execution: IExecuteFunctions,
	itemIndex: number,
	{ fileName }: Options,
): FileTarget | undefined {
	const output = readChoice(execution, 'output', itemIndex, 'Output', ['file', 'url']);
	if (output === 'url') return undefined;
	return { field: readBinaryField(execution, itemIndex), fileName };
}
