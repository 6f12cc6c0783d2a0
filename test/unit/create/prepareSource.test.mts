import { futureSource, prepareSource } from '../../../nodes/Lumenfall/create/prepareSource';
import { failureOf } from '../../../nodes/Lumenfall/errors/failure';
import type { SourceSelection } from '../../../nodes/Lumenfall/parameters/sourceVideo';
import type { ChangeWay } from '../../../nodes/Lumenfall/request/sourceVideo';
import {
	changeVideo,
	clipOf,
	EARLIER,
	inItem,
	openSourceStage,
	SERVERS,
	TAKES_VIDEO,
	VLLM,
	type ChangeSetup,
} from '../../support/sourceStage.mts';

const LINK = 'https://example.com/boat.mp4';
const byUrl: SourceSelection['video'] = { kind: 'url', url: LINK };
const byId: SourceSelection['video'] = { kind: 'id', id: 'video_0' };
const byFile: SourceSelection['video'] = { kind: 'file', file: 'data' };

const completed = (details: object = { model: 'sora-2' }) => [
	{ body: { id: 'video_0', status: 'completed', ...details } },
];
const withFile: ChangeSetup = inItem(clipOf(8));

describe('a video by its URL', () => {
	test('is sent as it is, to the server alone, without being opened here', async () => {
		const { posts, requests, sent } = await changeVideo(
			{ change: 'edit', video: byUrl },
			{ server: SERVERS.lumenfall, routes: TAKES_VIDEO },
		);
		expect(posts).toMatchObject([{ request: 'POST /videos', fields: { video_url: LINK } }]);
		expect(requests.filter((request) => /boat|binary/.test(request))).toEqual([]);
		expect(sent).not.toHaveProperty('sourceSeconds');
	});

	test('has no length that somebody could compute with', async () => {
		const { context } = await openSourceStage({ server: SERVERS.lumenfall, routes: TAKES_VIDEO });
		const { source } = await prepareSource(context, { change: 'edit', video: byUrl }, 'm');
		expect(source).not.toHaveProperty('seconds');
	});
});

describe('a model that may ignore the video and charge for another one', () => {
	const edit: SourceSelection = { change: 'edit', video: byUrl };
	const listed = (modes?: string[]): ChangeSetup => ({
		server: SERVERS.lumenfall,
		routes: { 'GET /models': [{ body: { data: [{ id: 'video-editor', modes }] } }] },
	});

	test.each<[string, ChangeSetup, RegExp]>([
		['does not list videos', listed(['text-to-video']), /does not support/],
		['lists nothing', listed(), /may ignore it and still charge/],
	])('is refused if it %s as an input', async (_, setup, message) => {
		const { failure, posts } = await changeVideo(edit, setup);
		expect(failure).toMatchObject({ message: expect.stringMatching(message) });
		expect(posts).toEqual([]);
	});

	test('is no concern on a server whose route for edits refuses what it cannot do', async () => {
		const { posts } = await changeVideo(edit, { server: SERVERS.unknown });
		expect(posts).toMatchObject([
			{ request: 'POST /videos/edits', fields: { video: { url: LINK } } },
		]);
	});
});

describe("the way that the user selects in 'Send Video As'", () => {
	const change = async (way: ChangeWay, selection: SourceSelection, setup: ChangeSetup) =>
		await changeVideo({ ...selection, way }, setup);

	test.each<[ChangeWay, object]>([
		['videoUri', { video_uri: LINK }],
		['inputVideo', { input_video: LINK }],
		['sourceVideo', { media: { source_video: LINK } }],
	])('%s is used alone', async (way, fields) => {
		const setup = { server: SERVERS.unknown };
		const { posts } = await change(way, { change: 'edit', video: byUrl }, setup);
		expect(posts).toMatchObject([{ request: 'POST /videos', fields }]);
	});

	test.each<[string, ChangeWay, SourceSelection['change'], keyof typeof SERVERS, string]>([
		['of another server', 'previousJobId', 'extend', 'unknown', 'This server cannot extend'],
		['for edits only', 'remix', 'extend', 'unknown', 'This server cannot extend'],
		['for edits only', 'videoUrl', 'extend', 'lumenfall', 'Lumenfall cannot extend'],
		['of another server', 'changeRoute', 'edit', 'openRouter', 'OpenRouter cannot edit'],
	])('is refused if it is one %s: %s to %s on %s', async (_, way, kind, server, reason) => {
		const routes = { [EARLIER]: completed() };
		const setup = { server: SERVERS[server], routes };
		const { failure, posts } = await change(way, { change: kind, video: byId }, setup);
		expect(failure).toMatchObject({
			kind: 'invalidInput',
			message: `'Send Video As' is '${way}', but ${reason} a video that way`,
			advice: "Choose 'Automatic'. Nothing was created.",
		});
		expect(posts).toEqual([]);
	});
});

describe('a video in a form that the server cannot take', () => {
	test.each<[string, SourceSelection, ChangeSetup, string, string]>([
		[
			'a URL, to continue a job',
			{ change: 'extend', video: byUrl },
			{ server: SERVERS.openRouter },
			"OpenRouter can extend a video only by its ID, but 'Video From' is 'URL'",
			"Set 'Video From' to 'Video ID'. Nothing was created.",
		],
		[
			'a file, to edit by ID or URL',
			{ change: 'edit', video: byFile },
			{ server: SERVERS.openRouter, ...withFile },
			"OpenRouter can edit a video only by its ID or its URL, but 'Video From' is 'Binary File'",
			"Set the option 'Input Link (Hours)'",
		],
		[
			'a URL, as the field that the user selects is for files',
			{ change: 'edit', video: byUrl, way: 'inputReference' },
			{ server: SERVERS.unknown },
			"This server can edit a video only by its file, but 'Video From' is 'URL'",
			"Set 'Video From' to 'Binary File'. Nothing was created.",
		],
	])('is refused, and what it takes is named: %s', async (_, selection, setup, message, advice) => {
		const { failure, posts } = await changeVideo(selection, setup);
		expect(failure).toMatchObject({
			...{ kind: 'invalidInput', message },
			advice: expect.stringContaining(advice),
		});
		expect(posts).toEqual([]);
	});
});

test.each<[string, SourceSelection['change'], keyof typeof SERVERS, RegExp]>([
	['Lumenfall', 'extend', 'lumenfall', /^Generate a second video .* Nothing was created\.$/],
	['Gemini', 'edit', 'gemini', /^If its documentation names another way, .*'Send Video As'/],
])('%s has no way to %s a video, and the error says what to do instead', async (...row) => {
	const [name, change, server, advice] = row;
	const routes = { [EARLIER]: completed() };
	const setup = { server: SERVERS[server], routes };
	const { failure, posts } = await changeVideo({ change, video: byId }, setup);
	expect(failure).toMatchObject({
		message: `${name} has no way to ${change} a video`,
		advice: expect.stringMatching(advice),
	});
	expect(posts).toEqual([]);
});

describe('the model of the form', () => {
	const extended = { 'POST /videos/extensions': [{ body: { id: 'video_1', status: 'queued' } }] };
	const extend = async (model: string, earlier?: object) =>
		await changeVideo(
			{ change: 'extend', video: byId },
			{
				server: SERVERS.unknown,
				routes: { ...extended, [EARLIER]: completed(earlier) },
				settings: { model },
			},
		);

	test('is that of the earlier video, if it is empty', async () => {
		expect((await extend('')).sent).toMatchObject({ model: 'sora-2' });
	});

	test('has to be entered, if the server does not say which one made the earlier video', async () => {
		const { failure, posts } = await extend('', {});
		expect(failure?.message).toMatch(/^'Model' is empty/);
		expect(posts).toEqual([]);
		expect((await extend('my-model', {})).sent).toMatchObject({ model: 'my-model' });
	});

	test.each(['sora-2', 'Sora-2', 'openai/sora-2'])(
		'%s is the model of the earlier video',
		async (model) => {
			expect((await extend(model)).failure).toBeUndefined();
		},
	);

	test('is refused if it is another one, because the server would use that of the video', async () => {
		const { failure, posts } = await extend('wan-2.6');
		expect(failure).toMatchObject({
			kind: 'invalidInput',
			message: expect.stringMatching(
				/^'Model' is 'wan-2.6', but video video_0 was made by 'sora-2'/,
			),
			advice: "Leave 'Model' empty. Nothing was created.",
		});
		expect(posts).toEqual([]);
	});

	test('may be another one if the file of the earlier video is sent', async () => {
		const { failure, posts } = await changeVideo(
			{ change: 'edit', video: byId },
			{
				server: SERVERS.unknown,
				routes: {
					...VLLM,
					[EARLIER]: completed(),
					'GET /videos/video_0/content': [{ body: clipOf(8) }],
				},
				settings: { model: 'video-editor' },
			},
		);
		expect(failure).toBeUndefined();
		expect(posts).toMatchObject([{ fields: { model: 'video-editor' } }]);
	});
});

describe('a scene that is not created yet', () => {
	const future = async (setup: ChangeSetup) => {
		const stage = await openSourceStage(setup);
		const source = await futureSource(stage.context, 'video-editor').catch(failureOf);
		return { source, posts: stage.posts };
	};

	test.each<[keyof typeof SERVERS, ChangeWay]>([
		['openRouter', 'previousJobId'],
		['gemini', 'extendVideoId'],
		['unknown', 'changeRoute'],
	])('is described as the extension it will be: %s', async (server, way) => {
		const { source, posts } = await future({ server: SERVERS[server] });
		expect(source).toEqual({
			...{ change: 'extend', way, isFuture: true },
			video: { kind: 'id', id: expect.any(String) },
		});
		expect(posts).toEqual([]);
	});

	test.each<[string, ChangeSetup]>([
		['Lumenfall', { server: SERVERS.lumenfall }],
		['This server', { server: SERVERS.unknown, routes: VLLM }],
	])('is refused before the first scene is paid for: %s cannot extend', async (name, setup) => {
		const { source, posts } = await future(setup);
		expect(source).toMatchObject({
			kind: 'invalidInput',
			message: `${name} has no way to extend a video`,
		});
		expect(posts).toEqual([]);
	});
});
