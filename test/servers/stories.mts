import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CoreName, PinnedItem, RunResult } from '../../engine/createEngine.mts';
import { onlyItem, openStage, small, untilTrue, type Stage } from '../engine/stage.mts';
import { encoded, quarters } from '../support/images.mts';
import type { Ability, Answer, Server } from './server.mts';

const PNG = encoded(quarters(1280, 720), 'image/png');
const WITH_FILE: PinnedItem[] = [
	{ json: {}, binary: { data: { data: PNG, mimeType: 'image/png', fileName: 'boat.png' } } },
];
const NO_FILE: PinnedItem[] = [{ json: {} }];
const RETRY = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1_000 };
/** Longer than the initial polling delay. */
const JOB_SECONDS = 12;

/** One server, and the node that uses it. */
export interface ServerStage {
	stage: Stage;
	server: Server;
	/** An image on the web. */
	imageUrl: string;
	close(): Promise<void>;
}

export async function openServerStage(core: CoreName, server: Server): Promise<ServerStage> {
	const { dialect } = server;
	const stage = await openStage(core, { dialect, renderer: 'tiny', jobSeconds: JOB_SECONDS });
	const web = createServer((_, answer) => answer.setHeader('content-type', 'image/png').end(PNG));
	await new Promise<void>((listening) => web.listen(0, '127.0.0.1', listening));
	const { port } = web.address() as AddressInfo;
	const close = async () => {
		web.close();
		await stage.close();
	};
	return { stage, server, imageUrl: `http://127.0.0.1:${port}/boat.png`, close };
}

/** Runs each story and checks what holds for every server. Returns what this server can do. */
export const STORIES: Record<Ability, (on: ServerStage) => Promise<Answer>> = {
	'Text to Video': async (on) => await generate(on, {}, NO_FILE, undefined),
	'Image as file': async (on) =>
		await generate(on, { operation: 'imageToVideo' }, WITH_FILE, ['file', 'data-uri']),
	'Image as URL': async (on) =>
		await generate(
			on,
			{ operation: 'imageToVideo', imageSource: 'url', imageUrl: on.imageUrl },
			NO_FILE,
			['url', 'file'],
		),
	'Get Many': listed,
	'Stop cancels': stopped,
	'Response to the create lost': lost,
};

/** Creates a video, polls and downloads it. The video must start with the image, if there is one. */
async function generate(
	on: ServerStage,
	change: object,
	items: PinnedItem[],
	image: string[] | undefined,
): Promise<Answer> {
	const { stage } = on;
	const result = await stage.run(formOf(on, change), items);
	const jobs = stage.sandbox.jobs();
	if (result.error) {
		// A request that the node or the server refuses costs nothing.
		expect(jobs).toEqual([]);
		return refused(result);
	}
	const item = onlyItem(result);
	expect(jobs).toHaveLength(1);
	expect(stage.sandbox.billing().jobs).toBe(1);
	expect(item.json).toMatchObject({ id: jobs[0].id, status: 'completed' });
	expect(item.binary?.data.mimeType).toBe('video/mp4');
	expect(jobs[0].images.map(({ role }) => role)).toEqual(image ? ['first'] : []);
	if (image) expect(image).toContain(jobs[0].images[0].how);
	const form = formOf(on, {}) as { seconds: number };
	expect(jobs[0].seconds).toBe(form.seconds);
	const isFile = image?.[0] === 'url' && jobs[0].images[0].how === 'file';
	return { works: true, ...(isFile && { words: 'The node downloads it' }) };
}

/** Checks that the reason of a failed video reaches the user, whatever the server calls it. */
export async function fails(on: ServerStage): Promise<void> {
	const { stage } = on;
	stage.sandbox.addFault({
		on: 'create',
		do: 'job-fails',
		message: 'The GPU fell off the bus',
		times: 9,
	});
	const result = await stage.run(formOf(on));
	expect(result.error?.message).toMatch(/could not be generated.*: The GPU fell off the bus/);
	expect(result.error?.message).toContain(stage.sandbox.jobs()[0].id);
	expect(stage.sandbox.billing().jobs).toBe(0);
}

/** Values that are different on every try. */
export const CHANGING = ['{{ $now }}', '{{ Math.random() }}', '{{ $execution.id }}'];

/**
 * The same request on every try, although a computed value is another one: what the user wrote counts. The first
 * execution times out with all its tries, and its retry gets the video.
 */
export async function createsOnce(on: ServerStage, expression: string): Promise<void> {
	const { stage } = on;
	const { sandbox } = stage;
	sandbox.addFault({ on: 'create', do: 'stuck', times: 9 });
	const form = formOf(on, {
		prompt: `=scene ${expression}`,
		options: { timeout: 30, fileName: `=clip ${expression}` },
	});
	const failed = await stage.run(form, NO_FILE, RETRY);
	expect(failed.status).toBe('error');
	expect(sandbox.jobs()).toHaveLength(1);
	const [{ id, prompt }] = sandbox.jobs();

	sandbox.releaseStuck();
	const again = await stage.engine.retry(failed);
	expect(sandbox.jobs()).toHaveLength(1);
	const item = onlyItem(again);
	expect(item.json.id).toBe(id);
	expect(sandbox.billing().jobs).toBe(1);
	expect(prompt).not.toContain('{{');
}

async function listed(on: ServerStage): Promise<Answer> {
	const { stage } = on;
	onlyItem(await stage.run(formOf(on, { waitMode: 'none' })));
	const result = await stage.run({ operation: 'getAll', returnAll: true });
	if (result.error) return refused(result);
	expect(onlyItem(result).json).toMatchObject({ id: expect.any(String) });
	return { works: true };
}

async function stopped(on: ServerStage): Promise<Answer> {
	const { stage } = on;
	const { sandbox } = stage;
	sandbox.addFault({ on: 'create', do: 'stuck' });
	const { result, cancel } = stage.engine.start(stage.workflow(formOf(on)), {
		pinData: { Start: NO_FILE },
	});
	// A server that responds to the create with the finished video has no status.
	const isWaiting = () => sandbox.requests().some(({ kind }) => kind === 'status');
	await untilTrue(
		() => sandbox.jobs().length > 0 && (on.server.dialect === 'dynamo' || isWaiting()),
	);
	cancel();
	expect((await result).status).toBe('canceled');
	const [{ id, cancelled }, ...others] = sandbox.jobs();
	expect(others).toEqual([]);
	if (cancelled) return { works: true };
	// A user finds in the log what happened to a video that was not cancelled.
	const line = stage.log.findLast(
		(words) => words.includes(id) || words.includes('a video may have been created'),
	)!;
	return { works: false, words: line.replaceAll(id, '‹id›').replace(/[-\dT:.]+Z/, '‹time›') };
}

/** Checks that there is one job, in this execution and in its retry, whatever happens to the response. */
async function lost(on: ServerStage): Promise<Answer> {
	const { stage } = on;
	// Request formats that the server refuses come before the one that it accepts.
	onlyItem(await stage.run(formOf(on, { waitMode: 'none' })));
	const creates = stage.sandbox.requests().filter(({ kind }) => kind === 'create');
	await stage.sandbox.reset();
	stage.sandbox.addFault({ on: 'create', do: 'reset-after', after: creates.length - 1 });
	const result = await stage.run(formOf(on, { prompt: '=scene {{ $now }}' }), NO_FILE, RETRY);
	const final = result.error ? await stage.engine.retry(result) : result;
	const jobs = stage.sandbox.jobs();
	expect(jobs).toHaveLength(1);
	if (!final.error) {
		expect(onlyItem(final).json.id).toBe(jobs[0].id);
		return { works: true, words: 'The same video' };
	}
	const words = `${final.error.message} ${final.error.description}`;
	expect(words).toMatch(/a video may have been created at/);
	const isNamed = words.includes(jobs[0].id);
	return { works: true, words: isNamed ? 'Reported, with the ID' : 'Reported' };
}

function formOf({ server }: ServerStage, change: object = {}): object {
	return small({ aspectRatio: '16:9', ...server.form, ...change });
}

function refused({ error }: RunResult): Answer {
	return { works: false, words: error!.message.replace(/ \[Item 0\]$/, '') };
}
