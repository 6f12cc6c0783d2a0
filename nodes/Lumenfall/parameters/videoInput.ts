import type { IExecuteFunctions } from 'n8n-workflow';
import type { UnsupportedValues } from '../models/fitToModel';
import type { Change } from '../request/sourceVideo';
import type { VideoSettings } from '../request/videoRequest';
import { readBinaryField, readChoice, readIdentifier, readText } from './readField';
import { imageSelectionOf, type ImageSelection } from './openImages';
import { inputErrors } from './inputErrors';
import { readOptions, type Options } from './options';
import { changeOf, readSourceSelection, type SourceSelection } from './sourceVideo';
import { isEmpty, numberOf, onlyEntry } from './values';
import { readShape } from './videoShape';

/**
 * The input of an operation that generates a video: the video itself, its cost limits, how to wait, and where the file
 * goes.
 */
export interface VideoInput {
	settings: VideoSettings;
	/** Absent for an operation without images. */
	images?: ImageSelection;
	/** Absent for an operation without an earlier video. */
	source?: SourceSelection;
	rules: CreateRules;
	wait: WaitSettings;
	/** Where the file goes; absent if only the URL is requested. */
	target?: FileTarget;
}

/** The limits that the user sets for creating a video. */
export interface CreateRules {
	unsupportedValues: UnsupportedValues;
	/** USD. */
	maxCost?: number;
	/** USD, for all items of a run together. */
	maxRunCost?: number;
	/** In the order in which they are tried. */
	fallbackModels: string[];
	/** Whether the next model is also tried after a video failed at the provider. */
	fallbackOnFailure: boolean;
}

const WAIT_MODES = ['poll', 'webhook', 'none'] as const;

/** How an item waits for its video. */
export type WaitMode = (typeof WAIT_MODES)[number];

export interface WaitSettings {
	mode: WaitMode;
	/** Called by the server when the video ends, to start another workflow. */
	webhookUrl?: string;
	/** URL of the trigger with which the video is registered, if the node does not wait for it. */
	triggerUrl?: string;
	/** Whether to poll if a webhook is not possible. */
	pollsIfNoWebhook: boolean;
	timeoutMs: number;
	firstPollMs: number;
	maxPauseMs: number;
	/** Whether time in the server's queue counts towards the timeout. */
	queueCounts: boolean;
	/** Whether to cancel the job at the server when the user stops the execution. */
	cancelOnStop: boolean;
}

/** Where a file goes in the output item. */
export interface FileTarget {
	field: string;
	fileName?: string;
	/** How long a public link to the file is valid; absent if none is requested. */
	publicLinkHours?: number;
}

/**
 * Reads the form of an operation that creates one video, once per item.
 * @throws FailureError naming the field
 */
export function readVideoInput(execution: IExecuteFunctions, itemIndex: number): VideoInput {
	const operation = readText(execution, 'operation', itemIndex, 'Operation');
	const change = changeOf(operation);
	const hasImages = operation !== 'textToVideo' && !change;
	const options = readOptions(execution, itemIndex);
	const wait = readWaitSettings(execution, itemIndex, options);
	return {
		settings: {
			...readSettings(execution, itemIndex, options, change),
			model: readIdentifier(execution, 'model', itemIndex, 'Model'),
		},
		...(hasImages && { images: imageSelectionOf(execution, itemIndex, options) }),
		...(change && { source: readSourceSelection(execution, itemIndex, change, options) }),
		rules: rulesOf(options),
		wait,
		target: wait.mode === 'none' ? undefined : readTarget(execution, itemIndex, options),
	};
}

/**
 * Reads the settings of a video that do not depend on the model.
 * @param change the change of an earlier video; the video then keeps its shape
 */
export function readSettings(
	execution: IExecuteFunctions,
	itemIndex: number,
	options: Options,
	change?: Change,
): Omit<VideoSettings, 'model'> {
	const { additionalParameters, audio, idempotencyKey, negativePrompt, seed, user } = options;
	const { creativity, imageFit, lastFrameParameter, upscaleFactor } = options;
	const { referenceAudio, referenceVideos } = options;
	const seconds = execution.getNodeParameter('seconds', itemIndex, '') as unknown;
	return {
		prompt: readText(execution, 'prompt', itemIndex, 'Prompt'),
		...(change === 'edit' ? readNewLength(seconds) : { seconds: readSeconds(seconds) }),
		...(!change && readShape(execution, itemIndex)),
		...(referenceAudio.length > 0 && { referenceAudio }),
		...(referenceVideos.length > 0 && { referenceVideos }),
		...(upscaleFactor !== undefined && { upscaleFactor }),
		...(creativity !== undefined && { creativity }),
		...(imageFit && { imageFit }),
		...(lastFrameParameter && { lastFrameParameter }),
		additionalParameters,
		audio,
		idempotencyKey,
		negativePrompt,
		seed,
		user,
	};
}

/** An empty duration is refused. Every second is billed, so the node does not choose one. */
function readSeconds(value: unknown): number {
	const seconds = numberOf(onlyEntry(value), 'seconds');
	if (seconds === undefined) throw inputErrors.badDuration(value);
	return seconds;
}

/** Reads the length of an edited video. Empty and 0 keep the current length. */
function readNewLength(value: unknown): { seconds?: number } {
	if (isEmpty(value)) return {};
	const seconds = readSeconds(value);
	return seconds === 0 ? {} : { seconds };
}

/** Returns the limits among the options. */
export function rulesOf(options: Options): CreateRules {
	const { unsupportedValues, maxCost, maxRunCost, fallbackModels, fallbackOnFailure } = options;
	return { unsupportedValues, maxCost, maxRunCost, fallbackModels, fallbackOnFailure };
}

/** Returns how an operation waits. An operation without the field 'Wait' polls. */
export function waitSettingsOf(options: Options, mode: WaitMode = 'poll'): WaitSettings {
	const { timeout, firstPoll, maxPollInterval, queueCounts, cancelOnStop } = options;
	return {
		mode,
		...(options.webhookUrl && { webhookUrl: options.webhookUrl }),
		...(options.triggerUrl && mode === 'none' && { triggerUrl: options.triggerUrl }),
		pollsIfNoWebhook: options.ifCannotPark === 'poll',
		timeoutMs: timeout * 1000,
		firstPollMs: firstPoll * 1000,
		maxPauseMs: maxPollInterval * 1000,
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

/** Returns where the file goes. Undefined if only the URL is requested. */
export function readTarget(
	execution: IExecuteFunctions,
	itemIndex: number,
	{ fileName, publicLinkHours }: Options,
): FileTarget | undefined {
	const output = readChoice(execution, 'output', itemIndex, 'Output', ['file', 'url']);
	if (output === 'url') return undefined;
	return { field: readBinaryField(execution, itemIndex), fileName, publicLinkHours };
}
