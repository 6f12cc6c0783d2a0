import type { INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { marksOf, readMetrics } from '../../comparison/metrics';
import { comparisonErrors } from '../../comparison/comparisonErrors';
import { failureFrom } from '../../errors/nodeError';
import type { Failure } from '../../errors/failure';
import { buildRequest } from '../../create/buildRequest';
import { rolesOf } from '../../request/requested';
import type { Operation, ItemContext } from '../../context';
import { forOperation, optionsCollection, outputFields } from '../../descriptions/common';
import { imageOptions } from '../../descriptions/imageOptions';
import { createOptions } from '../../descriptions/options';
import {
	model,
	optionalImageFields,
	prompt,
	shapeFieldsWithImage,
} from '../../descriptions/videoFields';
import { attachPage, type ComparedItem, type ComparedRequest } from '../../comparison/attachPage';
import {
	createVideo,
	reserveTogether,
	resumeVideo,
	type CreatedVideo,
	type CreateInput,
} from '../../create/createVideo';
import { withModelKey } from '../../create/fallback';
import { findKnownVideo } from '../../deliver/findVideo';
import { toVideoJson, type KnownFacts } from '../../output/videoItem';
import { readModels, readPageField } from '../../parameters/comparedModels';
import { imageSelectionOf, readImages } from '../../parameters/images';
import { readOptions, type Options } from '../../parameters/options';
import {
	readSettings,
	readTarget,
	rulesOf,
	waitSettingsOf,
	type FileTarget,
	type WaitSettings,
} from '../../parameters/videoInput';
import type { VideoRequest } from '../../request/videoRequest';
import { finishCreated } from './finishCreated';
import { identify } from './identify';

const models: INodeProperties[] = [
	{
		displayName: 'Models From',
		name: 'modelsFrom',
		type: 'options',
		options: [
			{ name: 'List', value: 'list', description: 'Choose two to eight models' },
			{
				name: 'Text',
				value: 'text',
				description: 'Enter model IDs as text, or from an expression or an AI tool',
			},
		],
		default: 'list',
		description: 'How to select the models',
	},
	{
		displayName: 'Models',
		name: 'models',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, sortable: true },
		placeholder: 'Add Model',
		default: {
			model: [
				{ model: { __rl: true, mode: 'list', value: 'sora-2', cachedResultName: 'Sora 2' } },
				{
					model: {
						__rl: true,
						mode: 'list',
						value: 'veo-3.1-fast',
						cachedResultName: 'Veo 3.1 Fast',
					},
				},
			],
		},
		description:
			'Two to eight models. Each generates one video, all in parallel, and each video is charged.',
		displayOptions: { show: { modelsFrom: ['list'] } },
		options: [{ displayName: 'Model', name: 'model', values: [model] }],
	},
	{
		displayName: 'Models',
		name: 'modelIds',
		type: 'string',
		default: '',
		placeholder: 'e.g. sora-2, veo-3.1-fast, kling-v3',
		description:
			'IDs of two to eight models, separated by commas. Each generates one video, all in parallel, and each video is charged.',
		displayOptions: { show: { modelsFrom: ['text'] } },
	},
];

const page: INodeProperties[] = [
	{
		displayName: 'Comparison Page',
		name: 'comparisonPage',
		type: 'boolean',
		default: true,
		description:
			'Whether to add a web page that compares all videos to the first item, as one HTML file. To view it, select Download on the Binary tab of the output and open the file in a browser.',
	},
	{
		displayName: 'Put Comparison Page in Field',
		name: 'pageBinaryField',
		type: 'string',
		default: 'page',
		hint: 'The name of the output binary field of the first item to put the page in',
		displayOptions: { show: { comparisonPage: [true] } },
	},
];

export const description: INodeProperties[] = forOperation('video', 'compare', [
	...models,
	prompt,
	...optionalImageFields,
	...shapeFieldsWithImage,
	...outputFields,
	...page,
	optionsCollection([...createOptions, ...imageOptions]),
]);

/** One model of the comparison: its item, and why it made no video. */
interface ComparedModel extends ComparedItem {
	failure?: Failure;
}

/**
 * Generates one video with each of several models in parallel, and returns one item per model in the order given. A model
 * that fails, or cannot make the video, is such an item too. Only if all do, the comparison fails.
 */
export const execute: Operation = async (context) => {
	const { execution, itemIndex, stop } = context;
	const options = readOptions(execution, itemIndex);
	const delivery = {
		wait: waitSettingsOf(options),
		target: readTarget(execution, itemIndex, options),
	};
	const pageField = readPageField(execution, itemIndex, delivery.target?.field);

	const { requested, videos } = await startAll(context, options, delivery);
	const models = await Promise.all(videos);
	stop.throwIfStopped();
	const failures = models.flatMap(({ model, failure }) => (failure ? { model, failure } : []));
	if (failures.length === models.length) throw comparisonErrors.allModelsFailed(failures);

	if (pageField) await attachPage(execution, models, requested, pageField);
	return withPositions(models);
};

interface Delivery {
	wait: WaitSettings;
	target?: FileTarget;
}

/** Creates all videos. Kept separate from the waiting, so that the images leave memory once they are sent. */
async function startAll(
	context: ItemContext,
	options: Options,
	delivery: Delivery,
): Promise<{ requested: ComparedRequest; videos: Array<Promise<ComparedModel>> }> {
	const inputs = await readInputs(context, options, delivery);
	const rejections = await reserveTogether(context, inputs);
	return {
		requested: comparedRequestOf(inputs[0].request),
		videos: inputs.map((input, index) => {
			const failure = rejections[index];
			return failure
				? toFailed(context, factsOf(input.request), failure)
				: makeVideo(context, input, delivery);
		}),
	};
}

/** What is requested of all models alike. The images themselves would stay in memory. */
function comparedRequestOf(request: VideoRequest): ComparedRequest {
	const { prompt, seconds, aspectRatio, resolution, size, audio } = request;
	return { prompt, seconds, aspectRatio, resolution, size, audio, roles: rolesOf(request) };
}

/** The request of every model, each with a record of its own. */
async function readInputs(
	context: ItemContext,
	options: Options,
	{ wait }: Delivery,
): Promise<CreateInput[]> {
	const { execution, itemIndex, jobs } = context;
	const models = readModels(execution, itemIndex);
	const settings = readSettings(execution, itemIndex, options);
	const selection = imageSelectionOf(execution, itemIndex, options);
	const images = await readImages(execution, itemIndex, selection);
	const identity = identify(context, images);
	return models.map((model) => ({
		request: withModelKey(buildRequest({ ...settings, model }, images)),
		entry: jobs.open({ ...identity, part: model }),
		rules: rulesOf(options),
		retryBudgetMs: wait.timeoutMs,
	}));
}

/** Not an async function: that would keep the request, and so its images, for as long as the video is made. */
function makeVideo(
	context: ItemContext,
	input: CreateInput,
	{ wait, target }: Delivery,
): Promise<ComparedModel> {
	const known = factsOf(input.request);
	const { model } = known;
	const ownTarget = target && { ...target, fileName: nameFor(target.fileName, model) };
	return resumeOrCreate(context, input)
		.then(async (created) => await finishCreated(context, created, wait, ownTarget))
		.then((item) => ({ model, item }))
		.catch(async (error: unknown) => await toFailed(context, known, failureFrom(error)));
}

async function resumeOrCreate(context: ItemContext, input: CreateInput): Promise<CreatedVideo> {
	const { videoId } = input.entry.record;
	const job = videoId === undefined ? undefined : await findKnownVideo(context, videoId);
	const resumed = job && resumeVideo(context, input.entry, job, input.request.prompt);
	return resumed ?? (await createVideo(context, input));
}

/** What an item shows of its request. */
function factsOf({ model, prompt, seconds }: VideoRequest) {
	return { model, prompt, seconds };
}

async function toFailed(
	context: ItemContext,
	known: ReturnType<typeof factsOf>,
	failure: Failure,
): Promise<ComparedModel> {
	return { model: known.model, failure, item: await toFailedModel(context, failure, known) };
}

/** One name for all would overwrite file after file where they are saved. */
function nameFor(fileName: string | undefined, model: string): string | undefined {
	return fileName && `${fileName.replace(/\.\w{2,4}$/, '')}-${model}`;
}

/**
 * The item of a model that made no video. Its reason is called `failure`, not `error`: n8n takes an item with an
 * `error` for a failed one and runs the node again.
 */
async function toFailedModel(
	{ api, itemIndex, stop }: ItemContext,
	{ kind, message, advice, code, videoId, status = 'failed' }: Failure,
	known: KnownFacts,
): Promise<INodeExecutionData> {
	const failure = { kind, message, advice, ...(code && { code }) };
	// It may have cost something all the same.
	const job =
		videoId && !stop.isStopped
			? await api.getVideo(videoId).then(
					(response) => response.job,
					() => undefined,
				)
			: undefined;
	const json = job
		? toVideoJson(job, known, { failure })
		: { ...(videoId && { id: videoId }), status, ...known, failure };
	return { json, pairedItem: { item: itemIndex } };
}

/** Adds to each item its model, its position in the list, and whether it was the fastest or the cheapest. */
function withPositions(models: ComparedModel[]): INodeExecutionData[] {
	const marks = marksOf(models.map(({ item }) => readMetrics(item.json)));
	return models.map(({ model, item }, index) => ({
		...item,
		json: {
			...item.json,
			comparison: { model, position: index + 1, of: models.length, marks: marks[index] },
		},
	}));
}
