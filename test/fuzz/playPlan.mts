import type { RunResult } from '../../engine/createEngine.mts';
import type { DialectName, Sandbox } from '../../sandbox/createSandbox.mts';
import { small, type Stage } from '../engine/stage.mts';
import { encoded, quarters } from '../support/images.mts';
import { TWO_MODELS, type Plan } from './plan.mts';

/** OpenAI's contract wants an image of exactly the size of the video; for others a small one is cheaper to read. */
const LARGE = encoded(quarters(1280, 720), 'image/png');
const SMALL = encoded(quarters(64, 36), 'image/png');
/** A run that takes longer, in real time, does not end. */
const LONGEST_RUN_MS = 60_000;

/** A stage whose requests can be counted while a run is going. */
export interface FuzzStage {
	stage: Stage;
	dialect: DialectName;
	/** Form values for a short video on this server. */
	form: object;
	/** Whether the server checks the size of an image. */
	isStrict: boolean;
	/** Called for every request; replaced by each run. */
	onRequest: () => void;
	setClockError(errorMs: number): void;
}

/** What a run has left: every execution of it, and all that was logged. */
interface Played {
	/** Begins the prompts of this run. A request of the run before may arrive late, after its Stop. */
	name: string;
	results: RunResult[];
	log: string;
	isStopped: boolean;
}

let runs = 0;

/** Runs a plan, with all its retries. */
export async function playPlan(on: FuzzStage, plan: Plan): Promise<Played> {
	const { stage } = on;
	const { sandbox } = stage;
	await sandbox.reset();
	stage.log.splice(0);
	on.setClockError(0);
	for (const fault of plan.faults) sandbox.addFault(fault);

	const name = `run ${++runs} video`;
	const results: RunResult[] = [];
	let isStopped = false;
	const started = stage.engine.start(stage.workflow(formOf(on, plan, name), settingsOf(plan)), {
		pinData: { Start: itemsOf(on, plan) },
	});
	let requests = 0;
	on.onRequest = () => {
		requests++;
		if (requests === plan.clockJump?.afterRequests) on.setClockError(plan.clockJump.ms);
		if (requests !== plan.stopAfterRequests) return;
		isStopped = true;
		started.cancel();
	};
	results.push(await ending(started.result));
	// n8n offers Retry for every execution that did not succeed.
	for (let retry = 0; retry < plan.retries && results.at(-1)!.status === 'error'; retry++)
		results.push(await ending(stage.engine.retry(results.at(-1)!)));
	on.onRequest = () => {};
	on.setClockError(0);
	return { name, results, log: stage.log.join('\n'), isStopped };
}

/** What holds whatever went wrong. */
export function checkPlayed(
	sandbox: Sandbox,
	plan: Plan,
	{ name, results, log, isStopped }: Played,
): void {
	const jobs = sandbox.jobs().filter(({ prompt }) => prompt.startsWith(name));
	const text = `${JSON.stringify(results.map(({ data, error }) => [data, error?.message, error?.description]))}\n${log}`;

	for (const status of results.map((result) => result.status))
		expect(['success', 'error', 'canceled']).toContain(status);
	expect(text).not.toMatch(/Unexpected error in the node/);

	// Each scene of each item, and each compared model, is one video. At most one job of it is alive or paid for; others have
	// failed, and cost nothing.
	for (const [video, own] of jobsByVideo(plan, name, jobs)) {
		const live = own.filter((job) => job.billedUsd > 0 || !hasEndedUnpaid(job));
		expect({ video, live: live.length }).toEqual({ video, live: Math.min(live.length, 1) });
		// A cancelled video is not created again.
		const cancelled = own.findIndex(({ status }) => status === 'cancelled');
		if (cancelled >= 0) expect(own.slice(cancelled + 1)).toEqual([]);
	}

	expect(sandbox.jobs().filter(({ prompt }) => !/^run \d+ video \d/.test(prompt))).toEqual([]);

	// An ID is lost only with the answer that had it; then the user is told that a video may exist.
	const isToldOfLoss = /a video may (have been created|exist)/.test(text) || isStopped;
	const lost = jobs.filter(({ id }) => !text.includes(JSON.stringify(id).slice(1, -1)));
	if (lost.length > 0)
		expect({ lost: lost.map(({ id }) => id), isToldOfLoss }).toMatchObject({ isToldOfLoss: true });

	checkKey(sandbox, text);
}

function checkKey(sandbox: Sandbox, text: string): void {
	const { apiKey } = sandbox;
	const forms = [apiKey, apiKey.toUpperCase(), Buffer.from(apiKey).toString('base64')];
	for (const form of forms) expect(text).not.toContain(form);
	const elsewhere = sandbox
		.requests()
		.filter(({ host, hadAuthorization }) => host === 'media' && hadAuthorization);
	expect(elsewhere).toEqual([]);
}

function hasEndedUnpaid({ status, finishedAt }: { status: string; finishedAt?: number }): boolean {
	return finishedAt !== undefined && ['failed', 'expired', 'dead', 'Fail'].includes(status);
}

/** The scenes of a storyboard. Other operations have the first one. */
const SCENES = [0, 1];

function jobsByVideo<Made extends { prompt: string; model: string }>(
	{ operation }: Plan,
	name: string,
	jobs: Made[],
): Map<string, Made[]> {
	const videoOf = ({ prompt, model }: Made) => {
		const [video] = prompt.slice(name.length).trim().split(' ');
		return operation === 'compare' ? `${video} ${model}` : video;
	};
	const videos = new Map<string, Made[]>();
	for (const job of jobs) {
		const video = videoOf(job);
		videos.set(video, [...(videos.get(video) ?? []), job]);
	}
	return videos;
}

function formOf({ form, dialect }: FuzzStage, { operation, output }: Plan, name: string): object {
	// Another text on each try, and the same video.
	const text = (scene: string) =>
		`"${name} " + $json.item + "." + ${scene} + " " + Math.random() + $now`;
	const models = ['compare', 'fallback'].includes(operation) ? (TWO_MODELS[dialect] ?? []) : [];
	return small({
		aspectRatio: '16:9',
		...form,
		...(models.length > 0 && { seconds: 4, resolution: '720p' }),
		operation: operation === 'fallback' ? 'textToVideo' : operation,
		prompt: `={{ ${text('0')} }}`,
		...(operation === 'compare' && { modelsFrom: 'text', modelIds: models.join(', ') }),
		...(operation === 'storyboard' && {
			scenesFrom: 'text',
			sceneList: `={{ ${JSON.stringify(SCENES)}.map((scene) => ${text('scene')}) }}`,
		}),
		output,
		options: {
			timeout: 40,
			firstPoll: 2,
			...(operation === 'fallback' && { fallbackModels: models[1], fallbackOnFailure: true }),
		},
	});
}

function settingsOf({ maxTries, continuesOnFail }: Plan): object {
	return {
		...(maxTries > 1 && { retryOnFail: true, maxTries, waitBetweenTries: 1_000 }),
		...(continuesOnFail && { onError: 'continueRegularOutput' }),
	};
}

function itemsOf({ isStrict }: FuzzStage, { items, operation }: Plan) {
	const binary = {
		data: { data: isStrict ? LARGE : SMALL, mimeType: 'image/png', fileName: 'boat.png' },
	};
	return Array.from({ length: items }, (_, item) => ({
		json: { item },
		...(operation === 'imageToVideo' && { binary }),
	}));
}

async function ending(result: Promise<RunResult>): Promise<RunResult> {
	let timer: NodeJS.Timeout | undefined;
	const tooLong = new Promise<never>((_, reject) => {
		timer = setTimeout(() => reject(new Error('The run does not end')), LONGEST_RUN_MS);
	});
	return await Promise.race([result, tooLong]).finally(() => clearTimeout(timer));
}
