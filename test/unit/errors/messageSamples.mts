import { storyboardErrors } from '../../../nodes/Lumenfall/actions/video/storyboard/storyboardErrors';
import { comparisonErrors } from '../../../nodes/Lumenfall/comparison/comparisonErrors';
import { costErrors } from '../../../nodes/Lumenfall/create/costErrors';
import { createErrors } from '../../../nodes/Lumenfall/create/createErrors';
import { imageErrors } from '../../../nodes/Lumenfall/create/imageErrors';
import { sourceErrors } from '../../../nodes/Lumenfall/create/sourceErrors';
import { valueErrors } from '../../../nodes/Lumenfall/create/valueErrors';
import { downloadErrors } from '../../../nodes/Lumenfall/deliver/downloadErrors';
import { joinFilesErrors } from '../../../nodes/Lumenfall/deliver/joinFilesErrors';
import { linkErrors } from '../../../nodes/Lumenfall/deliver/linkErrors';
import type { FailureError } from '../../../nodes/Lumenfall/errors/failure';
import { runErrors } from '../../../nodes/Lumenfall/errors/runErrors';
import { serverErrors } from '../../../nodes/Lumenfall/errors/serverErrors';
import { limitErrors } from '../../../nodes/Lumenfall/models/limitErrors';
import { inputErrors } from '../../../nodes/Lumenfall/parameters/inputErrors';
import { requestErrors } from '../../../nodes/Lumenfall/transport/requestErrors';
import { dialectErrors } from '../../../nodes/Lumenfall/transport/dialects/dialectErrors';
import { triggerErrors } from '../../../nodes/LumenfallTrigger/triggerErrors';
import { waitErrors } from '../../../nodes/Lumenfall/wait/waitErrors';
import { webhookErrors } from '../../../nodes/Lumenfall/wait/webhookErrors';

/** Sample arguments for every message of the node. A message function without samples does not compile. */
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

/** The required details with every combination of the optional ones. */
function withAndWithout<Details extends object>(
	required: Pick<Details, RequiredKeys<Details>>,
	optional: Required<Omit<Details, RequiredKeys<Details>>>,
): Array<[Details]> {
	const choices = Object.entries(optional).reduce<object[]>(
		(sets, [name, value]) => sets.flatMap((set) => [set, { ...set, [name]: value }]),
		[required],
	);
	return choices.map((info) => [info as Details]);
}

type RequiredKeys<Details> = {
	[Key in keyof Details]-?: object extends Pick<Details, Key> ? never : Key;
}[keyof Details];

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
		{ ...REFUSAL, videoId: VIDEO, model: 'sora-2', status: 'in_progress', cost: 0.8 },
	);

const refusedFile = () =>
	withAndWithout<Parameters<typeof downloadErrors.expired>[0]>(
		{ videoId: VIDEO },
		{ ...REFUSAL, variant: 'thumbnail', status: 'completed' },
	);

export const modules: Module[] = [
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
			{ cause: 'the connection was refused' },
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
		emptyModel: [[]],
		badDuration: [[-1], ['soon'], [''], [undefined], [null], [{ a: 1 }], [NaN]],
		badImageUrl: [['data'], ['']],
		badVideoUrl: [['data'], ['']],
		pageInsteadOfFile: [['Image URL', 'https://youtu.be/abc', 'YouTube']],
		badReferenceUrl: [['Reference Videos', 'data']],
		notAnImage: [['data', 'a PDF document']],
		imageTooLarge: [['data', 20_400_000, 20_000_000]],
		badJson: [['Additional Parameters']],
		emptyVideoId: [[]],
		unknownOperation: [['remix']],
		emptyFieldName: [[], ['Put Comparison Page in Field', 'page']],
		missingFile: [
			['Input Binary Fields', 'data', 2, []],
			['Last Frame', 'data', 0, ['photo', 'page']],
		],
		sameField: [['data']],
		badModelCount: [
			[1, 2, 8],
			[9, 2, 8],
		],
		badSceneCount: [
			[0, 50],
			[51, 50],
		],
		emptyScene: [[2]],
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
	messagesOf('create/valueErrors', valueErrors, {
		emptyPrompt: [[]],
		notAText: [['Prompt', '[object Object]']],
		badSize: [['wide']],
		privateUrl: [['Image URL', 'http://localhost/a.png', 'it refers to this machine only']],
		protectedParameter: [[['prompt']], [['prompt', 'model']]],
		severalVideos: [['n']],
		keyTooLong: [[256]],
		badLastFrameParameter: [['prompt']],
	}),
	messagesOf('deliver/joinFilesErrors', joinFilesErrors, {
		cannotJoin: [
			[
				{
					message: 'Clip 2 has no video track',
					advice: 'Use video files only, or remove this file.',
				},
			],
		],
		filesTooLargeForMemory: [[150_000_000, 100_000_000]],
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
		failedWithOwnKey: [[serverErrors.providerFailed({ videoId: 'video_1' }).failure]],
		sharedKey: [[]],
	}),
	messagesOf('create/sourceErrors', sourceErrors, {
		noWay: [['Lumenfall', 'extend', 'Use another server.']],
		wayUnsupported: [['Lumenfall', 'edit', 'remix']],
		otherKind: [
			['OpenRouter', 'extend', ['id'], 'url'],
			['Lumenfall', 'edit', ['url'], 'file'],
			['This server', 'edit', ['id', 'file'], 'url'],
		],
		notCompleted: [[VIDEO, 'in_progress']],
		otherModel: [['veo-3.1', VIDEO, 'sora-2']],
		notAVideo: [['data', 'a PDF document']],
		tooLarge: [['data', 120_000_000, 100_000_000]],
	}),
	messagesOf('models/limitErrors', limitErrors, {
		modeUnsupported: [
			['Sora 2', 'text-to-video', ['image-to-video']],
			['Sora 2', 'image-to-video', ['text-to-video', 'video-to-video']],
		],
		inputIgnored: [
			['Sora 2', 'video'],
			['Sora 2', 'audio'],
		],
		noUpscaler: [['Sora 2']],
		upscaleFactorUnsupported: [['Video Upscale', 9, 1, 4]],
		creativityUnsupported: [['Video Upscale', 9, [1, 2, 3]]],
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
			['Sora 2', '1x1', { id: 'sora-2', maxShortSide: 720 }],
		],
	}),
	messagesOf('transport/requestErrors', requestErrors, {
		badBaseUrl: [[]],
		baseUrlWith: [['a query']],
		badApiKey: [[]],
		imageNotDownloaded: [
			['https://me:s3cr3t@example.com/a.png?token=s3cr3t', 'its server answered 404'],
			['x', 'it is not an image'],
		],
		credentialNotRead: [
			[{ cause: 'timeout exceeded when trying to connect' }],
			[{ cause: 'the vault is sealed', videoId: 'video_1' }],
		],
		noChangeRoute: [['extend'], ['edit', 'Not Found']],
		badVideoId: [['..']],
	}),
	messagesOf('transport/dialects/dialectErrors', dialectErrors, {
		resolutionNeedsRatio: [[]],
		noShapeField: [['Custom Size', 'Gemini']],
		noImages: [['DeepInfra']],
		wholeSecondsOnly: [[4.5, 'OpenRouter']],
		noNegativePrompt: [['OpenRouter']],
		noField: [['Reference Audio', 'Lumenfall']],
		fixedExtension: [[7]],
		editKeepsLength: [[]],
		notInChange: [['Seed']],
		noLastFrame: [['Lumenfall']],
		noReferences: [["OpenAI's contract"]],
		referencesNeedFirstFrame: [['Lumenfall']],
		framesOrReferences: [['OpenRouter']],
	}),
	messagesOf('LumenfallTrigger/triggerErrors', triggerErrors, { noEvents: [[]], noSample: [[]] }),
	messagesOf('wait/waitErrors', waitErrors, {
		timedOut: [
			...withAndWithout<Parameters<typeof waitErrors.timedOut>[0]>(
				{ videoId: VIDEO, status: 'in_progress', waitedSeconds: 1_800 },
				{ serverMessage: 'the last status check failed' },
			),
			[{ videoId: VIDEO, status: 'queued', waitedSeconds: 59.6 }],
		],
		notRegistered: [401, 404, 500].map((httpStatus) => [
			{ videoId: VIDEO, httpStatus, cause: 'http://localhost:5678' },
		]),
		badTriggerUrl: [['x']],
	}),
	messagesOf('wait/webhookErrors', webhookErrors, {
		unsupported: [[]],
		inTool: [[]],
		notSaved: [[]],
		unreachable: [['http://localhost:5678', 'it refers to this machine only']],
		noSecret: [['The server could not answer (HTTP 503)']],
		badUrl: [
			['http://n8n.lan/webhook/s3cr3t-path', 'it does not start with https://'],
			['x', 'it is not a URL'],
		],
		testUrl: [['Webhook URL']],
		urlUnsupported: [[]],
		urlTwice: [[]],
	}),
	messagesOf('deliver/linkErrors', linkErrors, {
		unsupported: [['Public Link (Hours)']],
		inMemory: [['Public Link (Hours)']],
		notPublic: [['Input Link (Hours)', 'http://localhost:5678', 'it leads to this machine']],
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
	messagesOf('actions/video/storyboard/storyboardErrors', storyboardErrors, {
		rejected: [
			[[{ scene: 2, failure: inputErrors.badDuration(700).failure }], 3],
			[[{ scene: 1, failure: inputErrors.emptyModel().failure }], 1],
		],
		failed: [
			[
				[{ scene: 2, failure: serverErrors.providerFailed({ videoId: VIDEO }).failure }],
				3,
				[VIDEO],
			],
			[[{ scene: 1, failure: serverErrors.invalidApiKey().failure }], 1, []],
		],
		notJoined: [[joinFilesErrors.filesTooLargeForMemory(2e8, 1e8).failure, [VIDEO, 'video_2']]],
		differentShapes: [[2, 'the size 1280x720', 'the size 720x1280']],
		unknownShape: [[['sora-2', 'kling-v3']]],
		cannotContinue: [[sourceErrors.noWay('Lumenfall', 'extend', 'Use another server.').failure]],
		nothingToContinue: [[]],
		continuesSuspended: [[]],
		breaksContinuity: [
			[2, 'Model'],
			[3, 'Image'],
		],
	}),
	messagesOf('comparison/comparisonErrors', comparisonErrors, {
		allModelsFailed: [
			[
				[
					{ model: 'sora-2', failure: serverErrors.contentPolicy({ videoId: VIDEO }).failure },
					{ model: 'kling-v3', failure: valueErrors.emptyPrompt().failure },
				],
			],
			[[{ model: 'sora-2', failure: valueErrors.emptyPrompt().failure }]],
		],
	}),
];

export interface Sample {
	name: string;
	given: unknown[];
	error: FailureError;
}

export const samples = modules.flatMap(({ messages, samples: byName }) =>
	Object.entries(messages).flatMap(([name, message]) =>
		byName[name].map((given): Sample => ({ name, given, error: message(...(given as never[])) })),
	),
);
