import {
	WAIT_MODES,
	type CreateRules,
	type FileTarget,
	type WaitMode,
	type WaitSettings,
} from '../request/rules';
import type { Change } from '../request/sourceVideo';
import type { VideoSettings } from '../request/videoRequest';
import type { Form } from './form';
import { imageSelectionOf, type ImageSelection } from './openImages';
import { inputErrors } from './inputErrors';
import { readOptions, type Options } from './options';
import { changeOf, readSourceSelection, type SourceSelection } from './sourceVideo';
import type { Cell } from './cell';
import { numberOf } from './numbers';
import { optionalText } from './values';
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

/**
 * Reads the form of an operation that creates one video, once per item.
 * @throws FailureError naming the field
 */
export function readVideoInput(form: Form): VideoInput {
	const operation = form.text('operation', 'Operation');
	const change = changeOf(operation);
	const hasImages = operation !== 'textToVideo' && !change;
	const options = readOptions(form);
	const wait = waitSettingsOf(options, form.choice('waitMode', 'Wait', WAIT_MODES));
	return {
		settings: {
			...readSettings(form, options, change),
			model: form.identifier('model', 'Model'),
		},
		...(hasImages && { images: imageSelectionOf(form, options) }),
		...(change && { source: readSourceSelection(form, change, options) }),
		rules: rulesOf(options),
		wait,
		target: wait.mode === 'none' ? undefined : readTarget(form, options),
	};
}

/**
 * Reads the settings of a video that do not depend on the model.
 * @param change the change of an earlier video; the video then keeps its shape
 */
export function readSettings(
	form: Form,
	options: Options,
	change?: Change,
): Omit<VideoSettings, 'model'> {
	const { additionalParameters, audio, idempotencyKey, negativePrompt, seed, user } = options;
	const { creativity, imageFit, lastFrameParameter, upscaleFactor } = options;
	const { referenceAudio, referenceVideos } = options;
	const seconds = form.cell('seconds');
	return {
		prompt: readPrompt(form),
		...(change === 'edit' ? readNewLength(seconds) : { seconds: readSeconds(seconds) }),
		...(!change && readShape(form)),
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

/** Returns '' for an empty cell such as `N/A`. The request decides whether its prompt may be empty. */
function readPrompt(form: Form): string {
	return optionalText('Prompt').parse(form.value('prompt')) ?? '';
}

/** An empty duration is refused. Every second is billed, so the node does not choose one. */
function readSeconds(cell: Cell): number {
	const seconds = numberOf(cell, 'seconds');
	if (seconds === undefined) throw inputErrors.badDuration(cell.given);
	return seconds;
}

/** Reads the length of an edited video. Empty and 0 keep the current length. */
function readNewLength(cell: Cell): { seconds?: number } {
	if (cell.isEmpty) return {};
	const seconds = readSeconds(cell);
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

/** Returns where the file goes. Undefined if only the URL is requested. */
export function readTarget(
	form: Form,
	{ fileName, publicLinkHours }: Options,
): FileTarget | undefined {
	if (form.choice('output', 'Output', ['file', 'url']) === 'url') return undefined;
	return { field: form.binaryField(), fileName, publicLinkHours };
}
