import { readFileSync } from 'node:fs';
import type { Sandbox, SandboxOptions } from '../../sandbox/createSandbox.mts';
import { native } from '../support/native.mts';
import { RENDER_CACHE } from '../support/renderCache.mts';
import type { InstanceOptions } from '../../instance/createInstance.mts';
import type { ChatModel } from './chatModel.mts';
import type { OwnStage, Stage } from './stage.mts';
import type { N8nApi } from '../../instance/types.mts';
import { NEWEST, type N8nVersion } from '../../instance/versions.mts';

export { waitFor } from '../../instance/waitFor.mts';

/**
 * The harness of the tests. Node itself loads it, because it starts processes and a native encoder. It ends them when
 * the tests end, however they end.
 */

const stageModule = async () => await native<typeof import('./stage.mts')>('./test/e2e/stage.mts');

export async function openStage(version: N8nVersion, sandbox?: SandboxOptions): Promise<Stage> {
	const { openStage } = await stageModule();
	const stage = await openStage(version, sandbox);
	return closedAtEnd(stage, stage);
}

export async function openOwnStage(
	options: InstanceOptions,
	sandbox?: SandboxOptions,
): Promise<OwnStage> {
	const { openOwnStage } = await stageModule();
	const stage = await openOwnStage(options, sandbox);
	return closedAtEnd(stage, stage);
}

/** A sandbox without n8n. */
export async function openSandbox(options?: SandboxOptions): Promise<Sandbox> {
	const { createSandbox } = await native<typeof import('../../sandbox/createSandbox.mts')>(
		'./sandbox/createSandbox.mts',
	);
	return closedAtEnd(await createSandbox({ renderCache: RENDER_CACHE, ...options }));
}

/** A port of this computer on which nobody listens. */
export async function freePort(): Promise<number> {
	const { freePort } =
		await native<typeof import('../../instance/freePort.mts')>('./instance/freePort.mts');
	return await freePort();
}

/** Opens the newest n8n as its owner, over its HTTP API. */
export async function logIn(url: string): Promise<N8nApi> {
	const { setUpOwner } =
		await native<typeof import('../../instance/owner.mts')>('./instance/owner.mts');
	return await setUpOwner(NEWEST, url);
}

export async function probeVideo(file: Buffer) {
	const { probeVideo } = await native<typeof import('../../sandbox/renderer/probe.mts')>(
		'./sandbox/renderer/probe.mts',
	);
	return await probeVideo(file);
}

/** The image of the demo, as PNG. */
export async function drawImage(): Promise<Buffer> {
	const { drawPaperBoat } = await native<typeof import('../../demo/image.mts')>('./demo/image.mts');
	return drawPaperBoat();
}

/** A sound of this duration, in seconds. */
export async function makeMp3(seconds: number): Promise<Buffer> {
	const { makeSound } = await native<typeof import('../support/clips.mts')>(
		'./test/support/clips.mts',
	);
	return await makeSound('mp3', seconds, { codec: 'libmp3lame' });
}

declare global {
	/** Read by `storyEnvironment.mjs` when a story fails. */
	var lastLogLinesOfServers: () => string[];
}

/** A chat model that follows a script, until the tests end. */
export async function openChatModel(): Promise<ChatModel> {
	const { startChatModel } = await native<typeof import('./chatModel.mts')>(
		'./test/e2e/chatModel.mts',
	);
	return closedAtEnd(await startChatModel());
}

/** A server whose log is printed when a story fails. */
type Logging = { logFile: string };

const open: Array<{ close(): Promise<void> }> = [];
const logging: Logging[] = [];
globalThis.lastLogLinesOfServers = () =>
	logging.map(({ logFile }) => readFileSync(logFile, 'utf8').split('\n').slice(-30).join('\n'));

afterAll(async () => {
	logging.length = 0;
	for (const some of open.splice(0)) await some.close();
});

/** Closes it when the tests of this file end. */
export function closedAtEnd<Some extends { close(): Promise<void> }>(
	some: Some,
	...servers: Logging[]
): Some {
	open.push(some);
	logging.push(...servers);
	return some;
}
