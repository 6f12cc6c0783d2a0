import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INodeExecutionData } from 'n8n-workflow';
import { byId, CORES, NODE, openStage, small, textToVideo, type Stage } from './stage.mts';

/**
 * Expressions of saved workflows read these keys, so none of them may change or disappear. New ones may be added. A key
 * with a question mark depends on what the server reports or how fast it is, so it may be absent in a run.
 */
const SNAPSHOT = join(process.cwd(), 'test/engine/outputKeys.txt');

describe.each(CORES)('the keys of output items on %s', (core) => {
	let stage: Stage;
	beforeAll(async () => (stage = await openStage(core, { renderer: 'tiny' })));
	afterAll(async () => await stage.close());

	test('are those that saved workflows use', async () => {
		const seen = await collect(stage);
		for (const [operation, keys] of Object.entries(snapshot())) {
			const known = keys.map((key) => key.replace('?', ''));
			const needed = keys.filter((key) => !key.endsWith('?'));
			expect([operation, seen[operation].filter((key) => !known.includes(key))]).toEqual([
				operation,
				[],
			]);
			expect([operation, needed.filter((key) => !seen[operation].includes(key))]).toEqual([
				operation,
				[],
			]);
		}
		expect(Object.keys(seen).sort()).toEqual(Object.keys(snapshot()).sort());
	});
});

/** Runs every operation, and the failures that add keys. */
async function collect(stage: Stage): Promise<Record<string, string[]>> {
	const run = async (parameters: object) =>
		(await stage.run(parameters, [{ json: {} }], { onError: 'continueRegularOutput' })).output(
			NODE,
		);
	const compare = {
		operation: 'compare',
		modelsFrom: 'text',
		modelIds: 'sora-2, p-video',
		prompt: 'scene',
		seconds: 8,
	};

	const generated = await run(textToVideo({ seconds: 8 }));
	const adjusted = await run(
		textToVideo({ seconds: 25, options: { unsupportedValues: 'nearest' } }),
	);
	const fellBack = await run(
		textToVideo({ model: byId('no-such-model'), options: { fallbackModels: 'p-video' } }),
	);
	const compared = await run(compare);
	const storyboard = await run({
		...{ operation: 'storyboard', model: byId('p-video'), seconds: 1, resolution: '480p' },
		...{ scenesFrom: 'text', sceneList: ['The boat', 'It sinks [fails]'] },
		options: { ifSceneFails: 'leaveOut', clipFieldPrefix: 'clip_' },
	});
	stage.sandbox.addFault({ on: 'create', do: 'job-fails' });
	const oneFailed = await run(compare);
	stage.sandbox.addFault({ on: 'create', do: 'job-fails' });
	const failed = await run(small());
	const videoId = (failed[0].json.details as { videoId: string }).videoId;
	stage.sandbox.addFault({ on: 'create', do: 'stuck' });
	const [{ json: stuck }] = await run(small({ waitMode: 'none' }));
	const [pending] = await run({ operation: 'get', videoId: stuck.id });
	const estimate = { ...textToVideo({ resolution: '720p' }), operation: 'estimateCost' };
	const estimated = [
		...(await run(estimate)),
		...(await run({ ...estimate, seconds: 25, options: { unsupportedValues: 'nearest' } })),
	];
	stage.sandbox.addFault({ on: 'estimate', do: 'status', status: 404, body: 'No', times: 9 });
	estimated.push(...(await run({ ...estimate, model: byId('kling-v3') })));
	return {
		'generated video': keysOf([...generated, ...adjusted, ...fellBack]),
		storyboard: keysOf(storyboard),
		'compared video': keysOf([...compared, ...oneFailed]),
		'failed item': keysOf(failed),
		'failed video': keysOf(await run({ operation: 'get', videoId })),
		'cancelled video': keysOf(await run({ operation: 'cancel', videoId: stuck.id })),
		'pending video': keysOf([pending]),
		'estimated cost': keysOf(estimated),
		model: keysOf(await run({ resource: 'model', operation: 'getAll', returnAll: true })),
		balance: keysOf(await run({ resource: 'account', operation: 'getBalance' })),
	};
}

/** Returns keys as `a`, `a.b` and `binary.data`. Elements of a list have the path of the list. */
function keysOf(items: INodeExecutionData[]): string[] {
	const paths = items.flatMap(({ json, binary = {} }) => [
		...pathsOf(json, ''),
		...Object.keys(binary).map((field) => `binary.${field}`),
	]);
	return [...new Set(paths)].sort();
}

function pathsOf(value: unknown, path: string): string[] {
	if (Array.isArray(value)) return [path, ...value.flatMap((part) => pathsOf(part, path))];
	if (typeof value !== 'object' || value === null) return path ? [path] : [];
	return Object.entries(value).flatMap(([key, inner]) =>
		pathsOf(inner, path ? `${path}.${key}` : key),
	);
}

/** One paragraph per kind of item: its name, then its keys. */
function snapshot(): Record<string, string[]> {
	const paragraphs = readFileSync(SNAPSHOT, 'utf8').trim().split(/\n\n+/);
	return Object.fromEntries(
		paragraphs.map((paragraph) => {
			const [name, ...keys] = paragraph.split('\n');
			return [name.replace('# ', ''), keys];
		}),
	);
}
