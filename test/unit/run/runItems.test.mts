import type { INodeExecutionData } from 'n8n-workflow';
import type { ItemContext, Operation } from '../../../nodes/Lumenfall/context';
import { createErrors } from '../../../nodes/Lumenfall/create/createErrors';
import { requestErrors } from '../../../nodes/Lumenfall/transport/requestErrors';
import { runErrors } from '../../../nodes/Lumenfall/errors/runErrors';
import { serverErrors } from '../../../nodes/Lumenfall/errors/serverErrors';
import type { NodeContext } from '../../../nodes/Lumenfall/job/jobStore';
import type { Suspension } from '../../../nodes/Lumenfall/job/suspension';
import { noteForItem } from '../../../nodes/Lumenfall/output/showHint';
import { runItems } from '../../../nodes/Lumenfall/run/runItems';
import {
	inOrder,
	itemOf,
	openRunStage,
	runForm,
	type StageSettings,
} from '../../support/runStage.mts';

const itemsOf = (count: number) =>
	Array.from({ length: count }, (_, index) => ({ json: { index } }));
const made: Operation = async (context) => itemOf(context);

async function run(settings: StageSettings, operation?: Operation) {
	const stage = openRunStage(settings);
	return { ...stage, ...(await runForm(stage.execution, operation)) };
}
const indexesOf = (output: INodeExecutionData[]) => output.map(({ json }) => json.index);

/** An operation that adds a video to the records for each item, and fails for some. */
const creating =
	(failsFor: number[], error: (itemIndex: number) => Error): Operation =>
	async (context) => {
		const { itemIndex, jobs } = context;
		if (failsFor.includes(itemIndex)) throw error(itemIndex);
		const entry = jobs.open({ itemIndex, hash: 'hash' });
		entry.decide({ model: 'sora-2', reservedUsd: 0.4 });
		entry.created(`video_${itemIndex}`, new Date(0));
		return itemOf(context, { id: `video_${itemIndex}` });
	};
const refusal = () => requestErrors.badVideoId('..');

describe('the output', () => {
	test('is in the order of the items, whichever is ready first', async () => {
		const { output } = await run(
			{ items: itemsOf(5), form: { options: { itemsAtOnce: 5 } } },
			inOrder([4, 2, 0, 3, 1], made),
		);
		expect(indexesOf(output)).toEqual([0, 1, 2, 3, 4]);
	});

	test('is complete, even if n8n cannot read the credential for a moment', async () => {
		const { execution } = openRunStage();
		const { getCredentials } = execution;
		let reads = 0;
		Object.assign(execution, {
			getCredentials: async (name: string) =>
				++reads > 1 ? await getCredentials(name) : await Promise.reject(new Error('no connection')),
		});
		expect((await runForm(execution, made)).output).toHaveLength(1);
	});

	test('contains all items of an operation that returns several per item', async () => {
		const { output } = await run({ items: itemsOf(2) }, async (context) => [
			itemOf(context),
			itemOf(context),
		]);
		expect(indexesOf(output)).toEqual([0, 0, 1, 1]);
	});

	test('is empty without items', async () => {
		const { output, hints } = await run({ items: [] }, made);
		expect([output, hints]).toEqual([[], []]);
	});
});

test("items run in parallel, up to the user's limit", async () => {
	let running = 0;
	let most = 0;
	const { output } = await run(
		{ items: itemsOf(9), form: { options: { itemsAtOnce: 3 } } },
		async (context) => {
			most = Math.max(most, ++running);
			await new Promise((next) => setImmediate(next));
			running--;
			return itemOf(context);
		},
	);
	expect([most, output.length]).toEqual([3, 9]);
});

const OPTIONS_OF_THE_RUN = ['options.itemsAtOnce', 'options.parkMinutes', 'options.markDelivered'];

test('values of the run are read once for all items: expressions, options, records, cache', async () => {
	const seen: ItemContext[] = [];
	const { evaluated } = await run({ items: itemsOf(20), runIndex: 3 }, async (context) => {
		seen.push(context);
		return itemOf(context);
	});
	expect(evaluated).toEqual(['{{ $runIndex }}', ...OPTIONS_OF_THE_RUN]);
	expect(new Set(seen.map(({ runIndex }) => runIndex))).toEqual(new Set([3]));
	for (const shared of [
		'settings',
		'jobs',
		'cache',
		'rateLimiter',
		'stop',
		'parametersHash',
	] as const)
		expect(new Set(seen.map((context) => context[shared])).size).toBe(1);
});

test('the operation in the form is executed, and an unknown one is refused by name', async () => {
	const balance = { body: { billing_type: 'prepaid', available: { amount: 5, currency: 'USD' } } };
	const { output } = await run({
		form: { resource: 'account', operation: 'getBalance' },
		answerTo: (request) => (request.endsWith('/balance') ? balance : undefined),
	});
	expect(output[0].json).toMatchObject({ amount: 5 });
	const { failed } = await run({ form: { operation: 'bake' } });
	expect(failed?.failure).toMatchObject({
		kind: 'invalidInput',
		message: expect.stringContaining('bake') as string,
	});
});

describe('with Continue On Fail', () => {
	const settings: StageSettings = { items: itemsOf(3), onError: 'continueRegularOutput' };

	test('a failed item becomes data in its position, and affects no other item', async () => {
		const { output, failed } = await run(settings, creating([1], refusal));
		expect(failed).toBeUndefined();
		const { message, advice } = refusal().failure;
		expect(output.map(({ json }) => json)).toEqual([
			{ index: 0, id: 'video_0' },
			{ error: message, message: advice, details: { kind: 'invalidInput' } },
			{ index: 2, id: 'video_2' },
		]);
		expect(output[1].pairedItem).toEqual({ item: 1 });
	});

	test('an item that fails names its other videos and unclear creates, and not those of other items', async () => {
		const at = new Date(60_000);
		const { output } = await run(settings, async (context) => {
			const { itemIndex, jobs } = context;
			jobs.open({ itemIndex, hash: 'first' }).created(`video_${itemIndex}`, new Date(0));
			const second = jobs.open({ itemIndex, hash: 'second' });
			second.sending(at, { model: 'sora-2', prompt: 'hash' });
			throw refusal();
		});
		const { message, details } = output[1].json as { message: string; details: object };
		expect(message).toContain('Other videos of this item: video_1.');
		expect(message).toContain(`of this item (1) got no usable response`);
		expect(message).toContain(`(at ${at.toISOString()})`);
		expect(details).toMatchObject({ otherVideoIds: ['video_1'] });
	});

	test('the error output of an older n8n contains no details', async () => {
		const stage = openRunStage({ ...settings, onError: 'continueErrorOutput' });
		delete (stage.execution as Partial<typeof stage.execution> & { onExecutionFinish?: unknown })
			.onExecutionFinish;
		const { output } = await runForm(stage.execution, creating([1], refusal));
		expect(Object.keys(output[1].json)).toEqual(['error', 'message']);
	});

	test('a bug fails only its item, with an error that says so', async () => {
		const { output } = await run(
			settings,
			creating([0], () => new TypeError('x is undefined')),
		);
		expect(output[0].json.error).toMatch(/^Unexpected error in the node: x is undefined/);
		expect(indexesOf(output.slice(1))).toEqual([1, 2]);
	});

	test('after a Stop no item is started, and each one says so', async () => {
		const stage = openRunStage({ ...settings, form: { options: { itemsAtOnce: 1 } } });
		const begun: number[] = [];
		const { output } = await runForm(stage.execution, async (context) => {
			begun.push(context.itemIndex);
			stage.cancel.abort();
			return itemOf(context);
		});
		expect(begun).toEqual([0]);
		expect(output.map(({ json }) => json.details)).toMatchObject([
			undefined,
			{ kind: 'stopped' },
			{ kind: 'stopped' },
		]);
	});
});

describe('without Continue On Fail the first failure ends the run', () => {
	const settings: StageSettings = { items: itemsOf(4), form: { options: { itemsAtOnce: 1 } } };

	test('no further item is started, and the failure names its item', async () => {
		const begun: number[] = [];
		const { failed } = await run(settings, async (context) => {
			begun.push(context.itemIndex);
			return await creating([1], refusal)(context);
		});
		expect(begun).toEqual([0, 1]);
		expect(failed?.itemIndex).toBe(1);
		expect(failed?.failure.message).toBe(refusal().failure.message);
	});

	test('and names the videos of the other items, which are paid for', async () => {
		const { failed } = await run(settings, creating([2], refusal));
		expect(failed?.failure.otherVideoIds).toEqual(['video_0', 'video_1']);
		expect(failed?.failure.advice).toMatch(/not lost: video_0, video_1\..*'On Error'/);
	});

	test('and says for which items a video may have been created, but not for its own create', async () => {
		const at = (itemIndex: number) => new Date(itemIndex * 60_000);
		const { failed } = await run(settings, async (context) => {
			const { itemIndex, jobs } = context;
			const entry = jobs.open({ itemIndex, hash: 'hash' });
			entry.decide({ model: 'sora-2' });
			entry.sending(at(itemIndex), { model: 'sora-2', prompt: 'hash' });
			if (itemIndex === 2)
				throw createErrors.outcomeUnknown({ mayExistSince: at(2).toISOString() });
			return itemOf(context);
		});
		const { advice = '', otherVideoIds } = failed?.failure ?? {};
		expect(advice).toContain('(2) got no usable response, so videos may have been created');
		expect(advice).toContain(`(at ${at(0).toISOString()}, ${at(1).toISOString()})`);
		expect(otherVideoIds).toBeUndefined();
	});

	test('and does not name its own video among the others', async () => {
		const own = async (context: ItemContext) => {
			const output = await creating([], refusal)(context);
			if (context.itemIndex !== 1) return output;
			throw serverErrors.providerFailed({ videoId: 'video_1' });
		};
		const { failed } = await run(settings, own);
		expect(failed?.failure).toMatchObject({ videoId: 'video_1', otherVideoIds: ['video_0'] });
	});

	test('a video is named although its ID is the start of another one', async () => {
		const many: StageSettings = { items: itemsOf(12), form: { options: { itemsAtOnce: 1 } } };
		const { failed } = await run(many, async (context) => {
			const output = await creating([], refusal)(context);
			if (context.itemIndex !== 10) return output;
			throw serverErrors.providerFailed({ videoId: 'video_10' });
		});
		const others = [...Array(10).keys()].map((index) => `video_${index}`);
		expect(failed?.failure.otherVideoIds).toEqual(others);
	});

	test('and ends the waits of the other items; only the first failure is reported', async () => {
		const { failed } = await run(
			{ items: itemsOf(3), form: { options: { itemsAtOnce: 3 } } },
			async ({ itemIndex, stop }) => {
				if (itemIndex === 1) throw refusal();
				return await stop.race(new Promise<never>(() => undefined));
			},
		);
		expect(failed).toMatchObject({ itemIndex: 1, failure: { kind: 'invalidInput' } });
	});

	test('a Stop by the user is reported as a Stop', async () => {
		const stage = openRunStage(settings);
		const { failed } = await runForm(stage.execution, async ({ stop }) => {
			stage.cancel.abort();
			stop.throwIfStopped();
			return [];
		});
		expect(failed).toMatchObject({ itemIndex: 0, failure: { kind: 'stopped' } });
	});
});

describe('hints at the end of a run', () => {
	test('show the cost, also if the run ends with a failure', async () => {
		const settings: StageSettings = { items: itemsOf(3), form: { options: { itemsAtOnce: 1 } } };
		const hint = 'Expected cost of this run: 0.80 USD for 2 videos.';
		expect((await run(settings, creating([2], refusal))).hints).toEqual([hint]);
	});

	test('show each sentence once for all its items, and the price of the items', async () => {
		const { hints } = await run({ items: itemsOf(3) }, async (context) => {
			noteForItem(context.execution, context.itemIndex, 'A veo is used.');
			context.cache.estimates.push({ from: 0.1, upTo: 0.2 });
			return itemOf(context);
		});
		expect(hints).toEqual([
			'Items 0, 1 and 2: A veo is used.',
			'Estimated cost: 0.30 USD to 0.60 USD for 3 videos.',
		]);
	});
});

describe('an n8n that cannot record or show something at the end of a run', () => {
	const broken = () => {
		throw new Error('not here');
	};
	const form = { options: { markDelivered: true } };
	const customData = new Map<string, string>();

	test.each<[string, object]>([
		['the data of the execution', { getWorkflowDataProxy: broken }],
		['a value in it', { customData: { get: () => undefined, set: broken } }],
		['a trace', { setMetadata: broken }],
		['a hint', { addExecutionHints: broken }],
		['the delivered videos', { helpers: { checkProcessedAndRecord: broken } }],
	])('logs it, and the output is complete, without %s', async (_, change) => {
		const { execution, log } = openRunStage({ items: itemsOf(2), form, customData });
		Object.assign(execution, change);
		const { output } = await runForm(execution, async (context) => {
			const item = await creating([], refusal)(context);
			return { ...(item as INodeExecutionData), json: { id: 'video_0', status: 'completed' } };
		});
		expect(output).toHaveLength(2);
		expect(log.join()).toMatch(/not here|is not a function/);
	});

	test('still returns the error that ended the run', async () => {
		const { execution } = openRunStage({ items: itemsOf(2), form, customData });
		Object.assign(execution, { getWorkflowDataProxy: broken });
		const { failed } = await runForm(execution, creating([1], refusal));
		expect(failed?.failure).toMatchObject({ kind: 'invalidInput', otherVideoIds: ['video_0'] });
	});

	test('shows the other things', async () => {
		const { execution, hints } = openRunStage({ items: itemsOf(2), form, customData });
		Object.assign(execution, { getWorkflowDataProxy: broken });
		await runForm(execution, creating([], refusal));
		expect(hints).toEqual(['Expected cost of this run: 0.80 USD for 2 videos.']);
	});
});

describe('a run that waits for a webhook', () => {
	const pending: Operation = async ({ itemIndex, jobs }) => {
		const entry = jobs.open({ itemIndex, hash: 'hash' });
		entry.created(`video_${itemIndex}`, new Date(0));
		const job = { id: `video_${itemIndex}`, phase: 'queued', status: 'queued' } as const;
		const video = { job, entry, known: { prompt: 'a boat' }, cancelOnStop: true };
		const toItem = () => ({ json: { id: job.id }, pairedItem: { item: itemIndex } });
		return { pending: { videos: [video], toItem } };
	};
	const server = (statusOf: (id: string) => string) => (request: string) => {
		const [, id = ''] = /^GET \/videos\/(\w+)$/.exec(request) ?? [];
		const url = `https://files.example/${id}.mp4`;
		return { body: { id, status: statusOf(id), ...(statusOf(id) === 'completed' && { url }) } };
	};
	const form = {
		...{ operation: 'textToVideo', model: 'sora-2', prompt: 'a boat', seconds: 8 },
		...{ waitMode: 'webhook', output: 'url' },
	};
	const isDone = server(() => 'completed');

	test('creates all videos, and is suspended once', async () => {
		const settings = { items: itemsOf(3), form, answerTo: server(() => 'in_progress') };
		const { output, waits, context } = await run(settings, pending);
		expect(output.map(({ json }) => json.id)).toEqual(['video_0', 'video_1', 'video_2']);
		expect(waits).toHaveLength(1);
		expect(Object.keys((context.suspension as Suspension).items)).toEqual(['0', '1', '2']);
	});

	test('is finished immediately if all videos have ended by then', async () => {
		const settings = { items: itemsOf(2), form, answerTo: isDone };
		const { output, waits, evaluated } = await run(settings, pending);
		expect(waits).toEqual([]);
		expect(evaluated.filter((name) => name.startsWith('options.'))).toEqual(OPTIONS_OF_THE_RUN);
		expect(output.map(({ json }) => [json.id, json.status])).toEqual([
			['video_0', 'completed'],
			['video_1', 'completed'],
		]);
	});

	test('is suspended again if an item then waits for another video', async () => {
		const answerTo = server((id) => (id === 'video_1' ? 'completed' : 'in_progress'));
		const stage = openRunStage({ form, answerTo });
		const waitFor = (id: string, slot: string): Operation => {
			return async ({ itemIndex, jobs }) => {
				const entry = jobs.open({ itemIndex, hash: slot });
				const job = { id, phase: 'queued', status: 'queued' } as const;
				const video = { job, entry, known: {}, cancelOnStop: true };
				return {
					pending: { videos: [video], toItem: ([last]) => itemOf({ itemIndex }, { last }) },
				};
			};
		};
		const outcome = await runItems(stage.execution, {
			execute: waitFor('video_1', 'first'),
			finish: waitFor('video_2', 'second'),
		});
		expect(outcome).toMatchObject({ output: [{ json: { last: { job: { id: 'video_2' } } } }] });
		expect(stage.waits).toHaveLength(1);
		const { items } = stage.context.suspension as Suspension;
		expect(items[0]).toMatchObject({ videos: [{ videoId: 'video_2' }] });
	});

	test('that is stopped while it is suspended names its videos', async () => {
		const stage = openRunStage({ items: itemsOf(2), form, answerTo: server(() => 'in_progress') });
		const { failed } = await runForm(stage.execution, async (context) => {
			if (context.itemIndex === 1) stage.cancel.abort();
			return await pending(context);
		});
		expect(failed?.failure).toMatchObject({
			...{ kind: 'stopped', videoId: 'video_0' },
			otherVideoIds: ['video_1'],
		});
		expect(stage.waits).toEqual([]);
	});

	test.each<[string, StageSettings]>([
		['that then fails', {}],
		['that then fails, with Continue On Fail', { onError: 'continueRegularOutput' }],
	])(
		'that is stopped during the create of an item %s cancels the videos of the others',
		async (_, settings) => {
			const answerTo = server(() => 'in_progress');
			const stage = openRunStage({
				...{ items: itemsOf(3), form: { ...form, options: { itemsAtOnce: 1 } }, answerTo },
				...settings,
			});
			const { failed } = await runForm(stage.execution, async (context) => {
				if (context.itemIndex < 2) return await pending(context);
				stage.cancel.abort();
				throw createErrors.outcomeUnknown();
			});
			expect(stage.requests.filter((request) => request.startsWith('DELETE'))).toEqual([
				'DELETE /videos/video_0',
				'DELETE /videos/video_1',
			]);
			expect(failed?.failure).toBeDefined();
		},
	);

	test('that ends because an item fails cancels nothing: a retry resumes the videos', async () => {
		const stage = openRunStage({ items: itemsOf(2), form, answerTo: isDone });
		await runForm(stage.execution, async (context) => {
			if (context.itemIndex === 1) throw refusal();
			return await pending(context);
		});
		expect(stage.requests).toEqual([]);
	});

	describe('and is resumed', () => {
		/** The first pass, and the second one with the data that n8n has stored. */
		async function resume(
			change: StageSettings = {},
			edit: (suspension: Suspension) => void = () => undefined,
		) {
			const context: NodeContext = {};
			const items = itemsOf(2);
			await run({ items, form, context, answerTo: server(() => 'in_progress') }, pending);
			const stored = JSON.parse(JSON.stringify(context)) as NodeContext;
			edit(stored.suspension as Suspension);
			const begun: number[] = [];
			const second = await run(
				{ items, form, context: stored, answerTo: isDone, ...change },
				async (item) => {
					begun.push(item.itemIndex);
					return itemOf(item, { isNew: true });
				},
			);
			return { ...second, begun };
		}

		test('delivers its videos directly, without creating, listing or deciding again', async () => {
			const { output, begun, requests } = await resume();
			expect(begun).toEqual([]);
			expect(output.map(({ json }) => [json.id, json.status])).toEqual([
				['video_0', 'completed'],
				['video_1', 'completed'],
			]);
			expect(new Set(requests)).toEqual(new Set(['GET /videos/video_0', 'GET /videos/video_1']));
		});

		test('shows an item that failed before with its failure', async () => {
			const { output } = await resume({ onError: 'continueRegularOutput' }, ({ items }) => {
				items[0] = { failure: runErrors.unexpected({ cause: 'it broke' }).failure };
			});
			expect(output[0].json.error).toBe('Unexpected error in the node: it broke');
			expect(output[1].json.id).toBe('video_1');
		});

		test('processes an item again that finished before', async () => {
			const { output, begun } = await resume({}, ({ items }) => {
				delete items[0];
			});
			expect(begun).toEqual([0]);
			expect(output[0].json).toEqual({ index: 0, isNew: true });
		});

		test('removes the copy of its input, which n8n has on its own stack', async () => {
			const { context } = await resume();
			expect(context.suspension).not.toHaveProperty('input');
		});

		test.each([
			['another execution', { executionId: '8' }],
			['another round of a loop', { runIndex: 1 }],
		])('is not used for %s', async (_, change) => {
			const { begun } = await resume(change);
			expect(begun).toEqual([0, 1]);
		});

		test('ends with the failure of a video, and names the others', async () => {
			const { failed } = await resume({
				answerTo: server((id) => (id === 'video_0' ? 'failed' : 'completed')),
			});
			expect(failed?.failure).toMatchObject({
				videoId: 'video_0',
				otherVideoIds: ['video_1'],
			});
		});
	});
});
