import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
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
import { readModels, readPageField } from '../../parameters/comparedModels';
import { attachPage, type ComparedRequest, type ComparedItem } from '../../comparison/attachPage';
import { toVideoJson, type Known } from '../../output/videoItem';
import { readDeliveryOptions, type DeliveryOptions } from '../../deliver/deliverVideo';
import { readImages } from '../../parameters/images';
import { readOptions, readVideoSettings } from '../../parameters/form';
import { finishCreated } from '../../create/createAndDeliver';
import { reserveTogether, createVideo } from '../../create/createVideo';
import { readCreateRules, type CreateRules } from '../../parameters/createRules';
import type { VideoRequest } from '../../request/videoRequest';

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

/** How one model did, and why it made no video where it made none. */
interface Contestant extends ComparedItem {
	failure?: Failure;
}

interface Contest {
	asked: ComparedRequest;
	contestants: Array<Promise<Contestant>>;
}

/**
 * Makes one video with each of several models, all at once, and puts out one item per model in the order given. A
 * model that fails, or cannot make the video at all, is such an item too; only where all do, the comparison has failed.
 */
export const execute: Operation = async (context) => {
	const { execution, itemIndex, stop } = context;
	const form = readDeliveryOptions(execution, itemIndex);
	const pageField = readPageField(execution, itemIndex, form.target?.field);

	const contest = await startAll(context, form);
	const contestants = await Promise.all(contest.contestants);
	stop.throwIfStopped();
	const failures = contestants.flatMap(({ model, failure }) => (failure ? { model, failure } : []));
	if (failures.length === contestants.length) throw comparisonErrors.allModelsFailed(failures);

	if (pageField) await attachPage(execution, contestants, contest.asked, pageField);
	return withPlaces(contestants);
};

/** Orders all videos. Apart from the waiting, so that the picture leaves memory once it is sent. */
async function startAll(context: ItemContext, form: DeliveryOptions): Promise<Contest> {
	const { execution, itemIndex } = context;
	const rules = readCreateRules(readOptions(execution, itemIndex));
	const requests = await readRequests(execution, itemIndex);
	const objections = await reserveTogether(context, requests, rules);
	return {
		asked: askedOf(requests[0]),
		contestants: requests.map((request, index) => {
			const failure = objections[index];
			return failure
				? toFailed(context, knownOf(request), failure)
				: runOne(context, request, rules, form);
		}),
	};
}

/** What all models are asked alike; the pictures themselves would stay in memory. */
function askedOf(request: VideoRequest): ComparedRequest {
	const { prompt, seconds, aspectRatio, resolution, size, audio } = request;
	return { prompt, seconds, aspectRatio, resolution, size, audio, roles: rolesOf(request) };
}

/** The request of every model. */
async function readRequests(
	execution: IExecuteFunctions,
	itemIndex: number,
): Promise<VideoRequest[]> {
	const models = readModels(execution, itemIndex);
	const wishes = readVideoSettings(execution, itemIndex);
	const pictures = await readImages(execution, itemIndex);
	return models.map((model) => {
		const idempotencyKey = wishes.idempotencyKey && `${wishes.idempotencyKey}/${model}`;
		return buildRequest({ ...wishes, model, idempotencyKey }, pictures);
	});
}

/** Not an async function: that would keep the request, and so its pictures, for as long as the video is made. */
function runOne(
	context: ItemContext,
	request: VideoRequest,
	rules: CreateRules,
	{ wait, target }: DeliveryOptions,
): Promise<Contestant> {
	const known = knownOf(request);
	const { model } = request;
	const ownTarget = target && { ...target, fileName: nameFor(target.fileName, model) };
	return createVideo(context, request, rules, wait.timeoutMs)
		.then(async (ordered) => await finishCreated(context, { wait, target: ownTarget }, ordered))
		.then((item) => ({ model, item }))
		.catch(async (error: unknown) => await toFailed(context, known, failureFrom(error)));
}

/** What an item says of its order; the request itself would keep its pictures in memory for as long as the video is made. */
function knownOf({ model, prompt, seconds }: VideoRequest) {
	return { model, prompt, seconds };
}

async function toFailed(
	context: ItemContext,
	known: ReturnType<typeof knownOf>,
	failure: Failure,
): Promise<Contestant> {
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
	known: Known,
): Promise<INodeExecutionData> {
	const failure = { kind, message, advice, ...(code && { code }) };
	// It may have cost something all the same.
	const job =
		videoId && !stop.isStopped
			? await api.getVideo(videoId).then(
					(seen) => seen.job,
					() => undefined,
				)
			: undefined;
	const json = job
		? toVideoJson(job, known, { failure })
		: { ...(videoId && { id: videoId }), status, ...known, failure };
	return { json, pairedItem: { item: itemIndex } };
}

/** Tells in each item which model was asked, its place in the list, and whether it was the fastest or the cheapest. */
function withPlaces(contestants: Contestant[]): INodeExecutionData[] {
	const marks = marksOf(contestants.map(({ item }) => readMetrics(item.json)));
	return contestants.map(({ model, item }, index) => ({
		...item,
		json: {
			...item.json,
			comparison: { model, position: index + 1, of: contestants.length, marks: marks[index] },
		},
	}));
}
