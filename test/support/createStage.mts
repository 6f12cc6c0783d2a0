import type { IExecuteFunctions } from 'n8n-workflow';
import type { ItemContext } from '../../nodes/Lumenfall/context';
import { failureOf, type Failure } from '../../nodes/Lumenfall/errors/failure';
import { runErrors } from '../../nodes/Lumenfall/errors/runErrors';
import type { JobEntry } from '../../nodes/Lumenfall/job/jobEntry';
import { JobStore, type NodeContext } from '../../nodes/Lumenfall/job/jobStore';
import type { JobRecord } from '../../nodes/Lumenfall/job/record';
import type { CreateRules } from '../../nodes/Lumenfall/request/rules';
import type { VideoRequest } from '../../nodes/Lumenfall/request/videoRequest';
import { createRateLimiter } from '../../nodes/Lumenfall/support/rateLimiter';
import { StopSwitch } from '../../nodes/Lumenfall/support/stopSwitch';
import { openApi } from '../../nodes/Lumenfall/transport/videoApi';
import { fakeRuntime, type FakeRuntime } from './fakeRuntime.mts';
import { fakeServer, type FakeAnswer } from './fakeServer.mts';

/** The two kinds of server: one that creates one job per idempotency key, and one that does not support keys. */
export const WITH_KEYS = { server: 'lumenfall', domain: 'lumenfall.ai' };
export const WITHOUT_KEYS = { server: 'openAiCompatible', domain: 'example.com' };

type Answering = FakeAnswer | (() => FakeAnswer);

export interface Served {
	server?: { server: string; domain: string; baseUrl?: string; apiKey?: string };
	/** Responses to creates, in order. The last one is used for all later requests. */
	creates?: Answering[];
	/**
	 * Responses to other requests, such as `GET /models`, in order. The last one is used for all later requests. The
	 * default is 404.
	 */
	routes?: Record<string, Answering[]>;
	/** Responses to dry runs. */
	dryRuns?: Answering[];
	/** The node's context as n8n has stored it: records of an earlier try. */
	context?: NodeContext;
	random?: number;
}

/** A create as the server received it, and what was stored and logged at that time. */
interface SentCreate {
	atMs: number;
	body: Record<string, unknown>;
	stored: Record<string, JobRecord>;
	lastLogLine?: string;
}

/** A request as `POST /videos`, with the fields of its body. */
interface SentPost {
	request: string;
	fields: Record<string, unknown>;
}

export interface CreateStage {
	context: ItemContext;
	time: FakeRuntime;
	stop: StopSwitch;
	jobs: JobStore;
	log: string[];
	hints: string[];
	creates: SentCreate[];
	/** Each create, and each request to a route that extends or edits a video, with its fields. */
	posts: SentPost[];
	dryRuns: Array<Record<string, unknown>>;
	requests: string[];
	/** Opens the record of an item as a run does. */
	entry(itemIndex?: number, hash?: string): JobEntry;
	/** Stops the run, as the user can. */
	stopRun(): void;
	/** Advances the time until the work has ended. */
	outcomeOf<Value>(work: Promise<Value>): Promise<{ value?: Value; failure?: Failure }>;
}

export const REQUEST: VideoRequest = {
	model: 'sora-2',
	prompt: 'a boat',
	seconds: 8,
	additionalParameters: {},
};

export const RULES: CreateRules = {
	unsupportedValues: 'refuse',
	fallbackModels: [],
	fallbackOnFailure: false,
};

/** Opens an item of a run with the node's real API, a server without sockets, and a simulated clock. */
export async function openCreateStage(served: Served = {}): Promise<CreateStage> {
	const { server = WITH_KEYS, routes = {}, context: stored = {} } = served;
	const stop = new StopSwitch();
	const time = fakeRuntime({ random: served.random, stop });
	const [log, hints]: string[][] = [[], []];
	const creates: SentCreate[] = [];
	const posts: SentPost[] = [];
	const dryRuns: Array<Record<string, unknown>> = [];
	const asked: Record<string, number> = {};

	const answerOf = (name: string, answers: Answering[] = []) => {
		const answer = answers[Math.min((asked[name] ??= 0), answers.length - 1)];
		asked[name]++;
		return typeof answer === 'function' ? answer() : answer;
	};
	const { host, requests } = fakeServer((request, { query, body: sent }) => {
		const body = sent as Record<string, unknown>;
		if (request.startsWith('POST') && !query.has('dryRun'))
			posts.push({ request, fields: sent instanceof FormData ? Object.fromEntries(sent) : body });
		if (request !== 'POST /videos') return answerOf(request, routes[request]);
		if (query.has('dryRun')) {
			dryRuns.push(body);
			return answerOf('dry run', served.dryRuns);
		}
		creates.push({
			atMs: time.now(),
			body,
			stored: structuredClone(stored.jobs) as Record<string, JobRecord>,
			lastLogLine: log.at(-1),
		});
		return answerOf('create', served.creates);
	}, server);
	const execution = {
		...host,
		logger: { info: (line: string) => log.push(line) },
		addExecutionHints: ({ message }: { message: string }) => hints.push(message),
	} as unknown as IExecuteFunctions;

	const origin = { instanceId: 'i', executionId: '7', nodeId: 'n', nodeName: 'Make' };
	const jobs = new JobStore(stored, origin, 0);
	const context = {
		execution,
		itemIndex: 0,
		runIndex: 0,
		stop,
		runtime: time,
		rateLimiter: createRateLimiter(time),
		jobs,
		cache: { schemas: new Map(), estimates: [] },
		api: await openApi(execution),
	} as unknown as ItemContext;
	return {
		...{ context, time, stop, jobs, log, hints, creates, posts, dryRuns, requests },
		entry: (itemIndex = 0, hash = 'hash') => jobs.open({ itemIndex, hash }),
		stopRun: () => stop.stop(runErrors.stopped()),
		outcomeOf: async (work) =>
			await time.finish(
				work.then(
					(value) => ({ value }),
					(error: unknown) => {
						const failure = failureOf(error);
						if (!failure) throw error;
						return { failure };
					},
				),
			),
	};
}

/** Responses and network failures for a create. */
export const answers = {
	accepted: (id = 'video_1'): FakeAnswer => ({ body: { id, status: 'queued' } }),
	refused: (status = 400): FakeAnswer => ({
		status,
		body: { error: { code: 'invalid_value', message: 'this style is unknown' } },
	}),
	noSuchModel: (): FakeAnswer => ({
		status: 404,
		body: { error: { code: 'MODEL_NOT_FOUND', message: 'no such model' } },
	}),
	tooManyRequests: (retryAfter?: string): FakeAnswer => ({
		status: 429,
		body: { error: { message: 'slow down' } },
		headers: retryAfter === undefined ? {} : { 'retry-after': retryAfter },
	}),
	tooManyJobs: (): FakeAnswer => ({
		status: 429,
		body: { error: { message: 'too many running videos: concurrency limit' } },
	}),
	broken: (status = 502): FakeAnswer => ({ status, body: { error: { message: 'bad gateway' } } }),
	exhausted: (): FakeAnswer => ({
		status: 502,
		body: { error: { code: 'ALL_PROVIDERS_EXHAUSTED', message: 'every provider failed' } },
	}),
	inProgress: (status: number): FakeAnswer => ({
		status,
		body: { error: { message: 'a request with this key is in progress' } },
	}),
	unreadable: (): FakeAnswer => ({ body: 'thank you' }),
	networkFault: (code: string): FakeAnswer => Object.assign(new Error(code), { code }),
};
