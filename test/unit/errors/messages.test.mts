import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { comparisonErrors } from '../../../nodes/Lumenfall/comparison/comparisonErrors';
import { costErrors } from '../../../nodes/Lumenfall/create/costErrors';
import { createErrors } from '../../../nodes/Lumenfall/create/createErrors';
import { imageErrors } from '../../../nodes/Lumenfall/create/imageErrors';
import { downloadErrors } from '../../../nodes/Lumenfall/deliver/downloadErrors';
import {
	FAILURE_KINDS,
	type Failure,
	type FailureError,
} from '../../../nodes/Lumenfall/errors/failure';
import { runErrors } from '../../../nodes/Lumenfall/errors/runErrors';
import { serverErrors } from '../../../nodes/Lumenfall/errors/serverErrors';
import { limitErrors } from '../../../nodes/Lumenfall/models/limitErrors';
import { inputErrors } from '../../../nodes/Lumenfall/parameters/inputErrors';
import { requestErrors } from '../../../nodes/Lumenfall/transport/requestErrors';
import { dialectErrors } from '../../../nodes/Lumenfall/transport/dialects/dialectErrors';
import { waitErrors } from '../../../nodes/Lumenfall/wait/waitErrors';
import { webhookErrors } from '../../../nodes/Lumenfall/wait/webhookErrors';

/** Arguments for each message function. A function without any does not compile. */
type Samples<Messages> = {
	[Name in keyof Messages]: Messages[Name] extends (...given: infer Given) => FailureError
		? Given[]
		: never;
};

interface Module {
	file: string;
	messages: Record<string, (...given: never[]) => FailureError>;
	samples: Record<string, unknown[][]>;
}

function messagesOf<Messages extends Module['messages']>(
	file: string,
	messages: Messages,
	samples: Samples<Messages>,
): Module {
	return { file, messages, samples };
}

/** The required facts with every choice of the optional ones. */
function withAndWithout<Facts extends object>(
	required: Pick<Facts, RequiredKeys<Facts>>,
	optional: Required<Omit<Facts, RequiredKeys<Facts>>>,
): Array<[Facts]> {
	const choices = Object.entries(optional).reduce<object[]>(
		(sets, [name, value]) => sets.flatMap((set) => [set, { ...set, [name]: value }]),
		[required],
	);
	return choices.map((facts) => [facts as Facts]);
}

type RequiredKeys<Facts> = {
	[Key in keyof Facts]-?: object extends Pick<Facts, Key> ? never : Key;
}[keyof Facts];

const VIDEO = 'video_8f2k';
const REFUSAL = {
	httpStatus: 503,
	code: 'UPSTREAM_ERROR',
	serverMessage: 'Try another day',
	retryAfterMs: 1_000,
	nothingMade: true,
};
const refused = () =>
	withAndWithout<NonNullable<Parameters<typeof serverErrors.serverUnavailable>[0]>>(
		{},
		{ ...REFUSAL, videoId: VIDEO, model: 'sora-2', status: 'in_progress' },
	);

const refusedFile = () =>
	withAndWithout<Parameters<typeof downloadErrors.expired>[0]>(
		{ videoId: VIDEO },
		{ ...REFUSAL, variant: 'thumbnail', status: 'completed' },
	);

const modules: Module[] = [
	messagesOf('errors/serverErrors', serverErrors, {
		invalidApiKey: refused(),
		accessDenied: refused(),
		insufficientBalance: refused(),
		contentPolicy: refused(),
		invalidParameter: refused(),
		requestTooLarge: refused(),
		imageSize: withAndWithout(
			{},
			{
				...REFUSAL,
				videoId: VIDEO,
				model: 'sora-2',
				status: 'failed',
				imageSize: '64x48',
				videoSize: '1280x720',
			},
		),
		modelUnavailable: withAndWithout(
			{},
			{
				...REFUSAL,
				videoId: VIDEO,
				model: 'sora-2',
				status: 'failed',
				alternatives: ['kling-v3', 'veo-3.1'],
			},
		),
		rateLimited: refused(),
		tooManyJobs: refused(),
		providerFailed: refused(),
		serverUnavailable: refused(),
		network: withAndWithout(
			{ cause: 'nothing answers at that address' },
			{ neverSent: true, videoId: VIDEO },
		),
		invalidBaseUrl: refused(),
		unreadableAnswer: refused(),
		videoNotFound: refused(),
		notCancellable: refused(),
		noList: refused(),
		balanceUnsupported: refused(),
		webhooksUnsupported: refused(),
		serverChanged: withAndWithout({}, { cause: 'another host', videoId: VIDEO }),
		dryRunCreatedVideo: withAndWithout({}, { videoId: VIDEO }),
	}),
	messagesOf('errors/runErrors', runErrors, {
		stopped: withAndWithout({}, { videoId: VIDEO }),
		unexpected: [
			...withAndWithout({}, { cause: 'Invalid time value', videoId: VIDEO }),
			[{ cause: '' }],
		],
	}),
	messagesOf('parameters/inputErrors', inputErrors, {
		emptyPrompt: [[]],
		emptyModel: [[]],
		badDuration: [[-1], ['soon'], [''], [undefined], [null], [{ a: 1 }], [NaN]],
		badSize: [['wide']],
		badImageUrl: [['data'], ['']],
		missingBinary: [['data']],
		notAnImage: [['data', 'a PDF document']],
		imageTooLarge: [['data', 20_400_000, 20_000_000]],
		badJson: [['Additional Parameters']],
		protectedParameter: [[['prompt']], [['prompt', 'model']]],
		severalVideos: [[]],
		keyTooLong: [[256]],
		badLastFrameParameter: [['prompt']],
		emptyVideoId: [[]],
		unknownOperation: [['remix']],
		emptyFieldName: [[], ['Put Comparison Page in Field', 'page']],
		missingFile: [['Input Binary Fields', 'data', 2]],
		cannotJoin: [
			[
				{
					message: 'Clip 2 has no video track',
					advice: 'Use video files only, or remove this file.',
				},
			],
		],
		filesTooLargeForMemory: [[150_000_000, 100_000_000]],
		sameField: [['data']],
		badModelCount: [
			[1, 2, 8],
			[9, 2, 8],
		],
		modelTwice: [
			['sora-2', 'sora-2'],
			['sora-2', 'Sora-2'],
		],
		badOption: [
			['Limit', 0, 'a number of 1 or more'],
			['Limit', undefined, 'a number'],
			['Limit', {}, 'a number'],
		],
	}),
	messagesOf('create/imageErrors', imageErrors, {
		sameAsNothing: [[]],
		sameAsUrl: [[]],
		unknownSize: [['cat.png']],
		fitOfReferences: [[]],
		fitOfUrl: [[]],
		fitWithoutSize: [[]],
		tooManyPixels: [['cat.png', { width: 9000, height: 6000 }, 25_000_000]],
		cannotDecode: [['cat.png']],
	}),
	messagesOf('create/costErrors', costErrors, {
		tooExpensive: [
			['Sora 2', 0.8, 0.5, true],
			['Sora 2', 0.8, 0.5, false],
		],
		runTooExpensive: [
			[0.8, 0, 0.5],
			[0.8, 0.3, 1],
			[0.8, 0.3, 1, 'The videos together'],
		],
		priceUnknown: [
			['Sora 2', 'Max Cost'],
			['Sora 2', 'Max Cost of Run'],
		],
		balanceTooLow: [
			[0.8, 0.1],
			[0.8, -3],
		],
	}),
	messagesOf('create/createErrors', createErrors, {
		outcomeUnknown: withAndWithout(
			{},
			{
				...REFUSAL,
				model: 'sora-2',
				cause: 'the connection was cut',
				mayExistSince: '2026-11-28T09:00:00.000Z',
				sameKey: true,
				hasNoList: true,
			},
		),
		sharedKey: [[]],
	}),
	messagesOf('models/limitErrors', limitErrors, {
		modeUnsupported: [
			['Sora 2', 'text-to-video', ['image-to-video']],
			['Sora 2', 'image-to-video', ['text-to-video', 'video-to-video']],
		],
		promptTooLong: [['Sora 2', 5_000, 1_000]],
		tooManyImages: [['Sora 2', 3, 1]],
		imageRoleUnsupported: [
			['Sora 2', 'reference', ['first']],
			['Sora 2', 'last', ['first', 'reference']],
		],
		frameUnsupported: [
			['Sora 2', 'last', []],
			['Sora 2', 'last', ['first']],
		],
		imageTypeUnsupported: [['Sora 2', 'image/webp', ['image/png', 'image/jpeg']]],
		durationUnsupported: [
			['Sora 2', 21, { max: 20 }],
			['Sora 2', 1, { min: 4 }],
			['Sora 2', 5, { values: [4, 8] }],
			['Sora 2', 4.5, { whole: true }],
			['Sora 2', 4.5, {}],
		],
		ratioUnsupported: [['Sora 2', '1:1', ['16:9', '9:16']]],
		resolutionUnsupported: [['Sora 2', '1080p', ['720p']]],
		resolutionTooHigh: [['Sora 2', '1080p', '720p']],
		sizeUnsupported: [
			['Sora 2', '1x1', { id: 'sora-2', sizes: ['1280x720'] }],
			['Sora 2', '1x1', { id: 'sora-2' }],
			['Sora 2', '1x1', { id: 'sora-2', aspectRatios: ['16:9'], resolutions: ['720p'] }],
			['Sora 2', '1x1', { id: 'sora-2', maxLines: 720 }],
		],
	}),
	messagesOf('transport/requestErrors', requestErrors, {
		badBaseUrl: [[]],
		baseUrlWith: [['a query']],
		badApiKey: [[]],
		badVideoId: [['..']],
	}),
	messagesOf('transport/dialects/dialectErrors', dialectErrors, {
		resolutionNeedsRatio: [[]],
		wholeSecondsOnly: [[4.5, 'OpenRouter']],
		noNegativePrompt: [['OpenRouter']],
		noLastFrame: [['Lumenfall']],
		noReferences: [["OpenAI's contract"]],
		referencesNeedFirstFrame: [['Lumenfall']],
		framesOrReferences: [['OpenRouter']],
	}),
	messagesOf('wait/waitErrors', waitErrors, {
		timedOut: [
			...withAndWithout<Parameters<typeof waitErrors.timedOut>[0]>(
				{ videoId: VIDEO, status: 'in_progress', waitedSeconds: 1_800 },
				{ serverMessage: 'the last status check failed' },
			),
			[{ videoId: VIDEO, status: 'queued', waitedSeconds: 59.6 }],
		],
	}),
	messagesOf('wait/webhookErrors', webhookErrors, {
		unsupported: [[]],
		inTool: [[]],
		notSaved: [[]],
		unreachable: [['http://localhost:5678', 'it means only this machine itself']],
		noSecret: [['The server could not answer (HTTP 503)']],
		badUrl: [
			['http://n8n.lan/webhook/s3cr3t-path', 'it does not start with https://'],
			['x', 'it is not a URL'],
		],
		urlUnsupported: [[]],
		urlTwice: [[]],
	}),
	messagesOf('deliver/downloadErrors', downloadErrors, {
		notReady: refusedFile(),
		noFile: refusedFile(),
		noVariant: withAndWithout(
			{ videoId: VIDEO, variant: 'thumbnail' },
			{ ...REFUSAL, status: 'completed' },
		),
		expired: refusedFile(),
		failed: withAndWithout(
			{ videoId: VIDEO },
			{ ...REFUSAL, variant: 'thumbnail', status: 'completed', cause: 'only 3 of 9 bytes arrived' },
		),
	}),
	messagesOf('comparison/comparisonErrors', comparisonErrors, {
		allModelsFailed: [
			[
				[
					{ model: 'sora-2', failure: serverErrors.contentPolicy({ videoId: VIDEO }).failure },
					{ model: 'kling-v3', failure: inputErrors.emptyPrompt().failure },
				],
			],
			[[{ model: 'sora-2', failure: inputErrors.emptyPrompt().failure }]],
		],
	}),
];

interface Sample {
	name: string;
	given: unknown[];
	error: FailureError;
}

const samples = modules.flatMap(({ messages, samples: byName }) =>
	Object.entries(messages).flatMap(([name, message]) =>
		byName[name].map((given): Sample => ({ name, given, error: message(...(given as never[])) })),
	),
);

/** Whatever may be learnt of each later: the same error with the id of a video. */
const allErrors = samples.flatMap(({ name, given, error }) => [
	{ name, given, failure: error.failure },
	{ name, given, failure: error.withVideoId?.('video_later').failure ?? error.failure },
]);

/** One test per message would be thousands; the first few that break a rule tell enough. */
function breaking(rule: (failure: Failure, text: string) => boolean): unknown[] {
	return allErrors
		.filter(({ failure }) => !rule(failure, `${failure.message} ${failure.advice}`))
		.slice(0, 5)
		.map(({ name, given, failure }) => ({ name, given, failure }));
}

test('no sentence shows a fact that is not there', () => {
	expect(
		breaking(
			(_, text) =>
				!/undefined|null|NaN|\[object|\{\}|Infinity| {2}|\s[.,:;]|\(\)|''/.test(withoutInput(text)),
		),
	).toEqual([]);
});

/** What the user entered is shown as it is. */
function withoutInput(text: string): string {
	return text.replace(/ is (?:undefined|null|NaN|'[^']*')/g, ' is x');
}

test('no sentence has the word that ends an n8n execution as cancelled', () => {
	expect(breaking((_, text) => !/canceled/i.test(text))).toEqual([]);
});

test('every message says what happened, and every advice what to do, in whole sentences', () => {
	expect(breaking(({ message }) => /^['A-Z].*[^.\s]$/.test(message))).toEqual([]);
	expect(breaking(({ advice }) => /^[A-Z].*[^.]\.$/.test(advice))).toEqual([]);
	expect(
		breaking(
			({ advice }) =>
				/'[A-Z][^']*'/.test(advice) ||
				/\b(?:Check|Copy|Choose|Enter|Run|Use|Try|Remove|Convert|Download|Describe|Add|Shorten|Fix|Top up|Ask|Save|report)\b/.test(
					advice,
				),
		),
	).toEqual([]);
});

test('an existing video is named, with the operations that pick it up, also where its id is learnt later', () => {
	expect(breaking(({ videoId }, text) => videoId === undefined || text.includes(videoId))).toEqual(
		[],
	);
	const learnt = samples.map(({ error }) => error.withVideoId?.('video_later').failure);
	expect(learnt.filter((failure) => failure && failure.videoId !== 'video_later')).toEqual([]);
});

test('every kind has a message', () => {
	const kinds = new Set(samples.map(({ error }) => error.failure.kind));
	expect([...kinds].sort()).toEqual([...FAILURE_KINDS].sort());
});

test('no sentence shows what must stay secret in a URL', () => {
	expect(breaking((_, text) => !text.includes('s3cr3t'))).toEqual([]);
});

test('whatever a field holds is shown bounded and in one piece', () => {
	const { message } = inputErrors.badSize('9'.repeat(5_000)).failure;
	expect(message.length).toBeLessThan(200);
});

const root = join(__dirname, '../../../nodes');
const sources = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) =>
	path.endsWith('.ts'),
);

/** Until the rewrite of create/ is here. */
const OLD_NAMES = /errors\/(?:input|image|cost|webhook)Errors/;

/** Joining is a subject without n8n, with errors of its own. */
const OF_MP4 = /media\/mp4\/joinErrors/;

test('these are all message files', () => {
	const files = sources.filter(
		(path) => path.endsWith('Errors.ts') && !OLD_NAMES.test(path) && !OF_MP4.test(path),
	);
	expect(files.map((path) => path.replace(/^Lumenfall\/|\.ts$/g, '')).sort()).toEqual(
		modules.map(({ file }) => file).sort(),
	);
});

test('no other file words an error', () => {
	const words = sources.filter(
		(path) =>
			!path.endsWith('Errors.ts') &&
			/import \{[^}]*\b(?:failure|invalid)\b[^}]*\} from '[./]+(?:errors\/)?message'/.test(
				readFileSync(join(root, path), 'utf8'),
			),
	);
	// n8n's own words about an expression or a credential.
	expect(words.map((path) => basename(path))).toEqual(['nodeError.ts']);
});
