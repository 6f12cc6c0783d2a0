import { createCanvas } from '@napi-rs/canvas';
import type { CoreName, PinnedItem, RunResult } from '../../engine/createEngine.mts';
import { NODE, openStage, small, untilTrue, type Stage } from '../engine/stage.mts';
import { choosing } from './choosing.mts';
import { fetching } from './fetching.mts';
import { creating } from './creating.mts';
import type { Operation, Row } from './row.mts';
import { servers } from './servers.mts';
import { waiting } from './waiting.mts';

export const MATRIX: Row[] = [...choosing, ...creating, ...waiting, ...fetching, ...servers];

/** The actual outcome, without IDs and times, so that it can be compared and printed. */
export interface Outcome {
	words: string;
	created: number;
	billed: number;
}

/** Form values for the shortest video on each kind of server. */
const SHORTEST: Partial<Record<Row['server'], object>> = {
	openai: { model: 'sora-2', seconds: 4, resolution: '720p' },
	azure: { model: 'sora-2', seconds: 4, resolution: '720p' },
};
const IMAGE: PinnedItem = {
	json: {},
	binary: {
		data: {
			data: createCanvas(1280, 720).toBuffer('image/png'),
			mimeType: 'image/png',
			fileName: 'image.png',
		},
	},
};

/** Stages by server, because opening one costs more than running a row. */
const stages = new Map<string, Promise<Stage>>();

async function stageFor(core: CoreName, { server, world }: Row): Promise<Stage> {
	// Longer than the initial polling delay, so that a fault occurs while the job is running.
	const options = { dialect: server, renderer: 'tiny', jobSeconds: 20, ...world } as const;
	const key = JSON.stringify([core, options]);
	const opened = stages.get(key) ?? openStage(core, options);
	stages.set(key, opened);
	const stage = await opened;
	await stage.sandbox.reset();
	return stage;
}

export async function closeStages(): Promise<void> {
	for (const stage of stages.values()) await (await stage).close();
	stages.clear();
}

/** Runs one row and checks everything that holds for every row. */
export async function play(core: CoreName, row: Row): Promise<Outcome> {
	const stage = await stageFor(core, row);
	const result = await run(stage, row);
	const jobs = stage.sandbox.jobs();
	const ids = jobs.map(({ id }) => id);
	checkResult(row, result, ids);
	checkKey(stage, result);

	const isDone = row.gets === 'video' || row.gets === 'item';
	const { created = 1, billed = isDone ? created : 0 } = row;
	// A video that the node does not wait for is charged when it is finished.
	await untilTrue(() => stage.sandbox.billing().jobs >= billed);
	expect({ created: jobs.length, billed: stage.sandbox.billing().jobs }).toEqual({
		created,
		billed,
	});
	return { words: wordsOf(result, ids), created, billed };
}

async function run(stage: Stage, row: Row): Promise<RunResult> {
	const shortest = { ...SHORTEST[row.server], ...row.form };
	const plan = () => row.faults?.forEach((fault) => stage.sandbox.addFault(fault));
	if (row.operation === 'Text to Video' || row.operation === 'Image to Video') {
		plan();
		const isImage = row.operation === 'Image to Video';
		return await stage.run(
			small({
				...shortest,
				...(isImage && { operation: 'imageToVideo' }),
				...(isImage && { aspectRatio: '16:9' }),
			}),
			[isImage ? IMAGE : { json: {} }],
		);
	}

	const created = await stage.run(small({ ...shortest, waitMode: 'none' }));
	await untilTrue(() => stage.sandbox.jobs().every(({ finishedAt }) => finishedAt !== undefined));
	plan();
	const operation = OPERATIONS[row.operation];
	return await stage.run({
		operation,
		returnAll: true,
		videoId: created.output(NODE)[0].json.id,
		...row.form,
	});
}

const OPERATIONS: Record<Exclude<Operation, 'Text to Video' | 'Image to Video'>, string> = {
	Get: 'get',
	'Get Many': 'getAll',
	Wait: 'wait',
	Download: 'download',
	Cancel: 'cancel',
};

function checkResult(row: Row, result: RunResult, ids: string[]): void {
	if (row.gets === 'video' || row.gets === 'item') {
		expect(result.error?.message).toBeUndefined();
		const [item, ...others] = result.output(NODE);
		expect(others).toEqual([]);
		// If a first video failed, the user gets the last one. Lumenfall's history may use another ID for a job than
		// its videos.
		if (row.operation !== 'Get Many') expect(item.json.id).toBe(ids.at(-1));
		else expect(item.json).toMatchObject({ status: 'completed', model: expect.any(String) });
		if (row.gets === 'video') expect(item.binary?.data).toMatchObject({ mimeType: 'video/mp4' });
		return;
	}
	// A server's text must never turn an error into a cancelled execution.
	expect(result.status).toBe('error');
	expect(result.error?.message).toMatch(row.gets);
	// Every error about an existing video names it.
	for (const id of ids)
		expect(`${result.error?.message} ${result.error?.description}`).toContain(id);
	expect(result.error?.message.length).toBeLessThan(1_000);
}

/** The key is only sent to the API: to no file server, and it is in no error and no item. */
function checkKey({ sandbox }: Stage, result: RunResult): void {
	const elsewhere = sandbox
		.requests()
		.filter(({ host, hadAuthorization }) => host === 'media' && hadAuthorization);
	expect(elsewhere).toEqual([]);
	expect(JSON.stringify(result.data)).not.toContain(sandbox.apiKey);
}

function wordsOf(result: RunResult, ids: string[]): string {
	const words = result.error?.message ?? (result.output(NODE)[0].binary ? 'the video' : 'the item');
	return ids
		.reduce((text, id) => text.split(id).join('‹id›'), words)
		.replace(/ \[Item 0\]$/, '')
		.replace(/after \d+ seconds/, 'after ‹timeout›')
		.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '‹time›');
}
