import type { SourceSelection } from '../../../nodes/Lumenfall/parameters/sourceVideo';
import type { FakeAnswer } from '../../support/fakeServer.mts';
import {
	changeVideo,
	clipOf,
	EARLIER,
	SERVERS,
	TAKES_VIDEO,
	VLLM,
	type ChangeSetup,
} from '../../support/sourceStage.mts';

/** An earlier video of the server is extended or edited. */

const CLIP = clipOf(8);
const ORIGIN = 'https://n8n.example.com';
const PUBLIC_URL = 'https://cdn.example.net/video_0.mp4?signature=x';

const video: SourceSelection['video'] = { kind: 'id', id: 'video_0' };
const extend: SourceSelection = { change: 'extend', video };
const edit: SourceSelection = { change: 'edit', video };

const CONTENT = 'GET /videos/video_0/content';
const created: FakeAnswer = { body: { id: 'video_1', status: 'queued' } };

/** The earlier video, as the server reports it. */
const completed = (details: object = {}): FakeAnswer => ({
	body: { id: 'video_0', status: 'completed', model: 'video-editor', ...details },
});

const onLumenfall = (url?: string): ChangeSetup => ({
	server: SERVERS.lumenfall,
	routes: { ...TAKES_VIDEO, [EARLIER]: [completed({ url })] },
	n8n: { origin: ORIGIN },
});
const onVllm = (details?: object): ChangeSetup => ({
	server: SERVERS.unknown,
	routes: { ...VLLM, [EARLIER]: [completed(details)], [CONTENT]: [{ body: CLIP }] },
	n8n: { origin: ORIGIN },
});

describe.each(['extend', 'edit'] as const)('to %s', (change) => {
	test.each(['queued', 'in_progress', 'failed', 'cancelled'])(
		'a video that is %s, no create is sent, and the error says what to wait for',
		async (status) => {
			const { failure, posts } = await changeVideo(
				{ change, video },
				{ server: SERVERS.unknown, routes: { [EARLIER]: [completed({ status })] } },
			);
			expect(failure).toMatchObject({
				kind: 'invalidInput',
				message: expect.stringMatching(/^Video video_0 is .+, but only a completed video can be/),
				advice: expect.stringMatching(/'Wait' and video ID video_0/),
			});
			expect(posts).toEqual([]);
		},
	);
});

test.each([
	['has no public URL', {}],
	['has a public URL', { url: PUBLIC_URL }],
])(
	'a server that knows its own videos is sent the ID, also if the video %s',
	async (_, details) => {
		const { posts, requests } = await changeVideo(extend, {
			server: SERVERS.unknown,
			routes: { [EARLIER]: [completed(details)], 'POST /videos/extensions': [created] },
		});
		expect(posts).toEqual([
			{
				request: 'POST /videos/extensions',
				fields: expect.objectContaining({ video: { id: 'video_0' } }),
			},
		]);
		expect(requests).not.toContain(CONTENT);
	},
);

test.each([PUBLIC_URL, 'http://cdn.example.net/video_0.mp4'])(
	'a server that downloads videos is sent the public URL of the video: %s',
	async (url) => {
		const { posts, stored } = await changeVideo(edit, onLumenfall(url));
		expect(posts).toMatchObject([{ request: 'POST /videos', fields: { video_url: url } }]);
		expect(stored).toEqual({});
	},
);

test('a server that takes a file or a URL is sent the public URL, which needs no download', async () => {
	const { posts, requests } = await changeVideo(edit, onVllm({ url: PUBLIC_URL }));
	expect(JSON.stringify(posts[0].fields)).toContain(PUBLIC_URL);
	expect(requests).not.toContain(CONTENT);
});

describe('the file of a video without a public URL', () => {
	test.each([undefined, 2])(
		'is sent itself if the server takes it, and no link is made (hours of a link: %s)',
		async (linkHours) => {
			const { posts, sent } = await changeVideo({ ...edit, linkHours }, onVllm());
			const file = posts[0].fields.input_reference as File;
			expect(Buffer.from(await file.arrayBuffer()).equals(CLIP)).toBe(true);
			expect(posts).toMatchObject([{ request: 'POST /videos' }]);
			expect(JSON.stringify(posts)).not.toContain(ORIGIN);
			expect(sent).toMatchObject({ sourceSeconds: 8 });
		},
	);

	test('has the length that the server reports, if the file is not read', async () => {
		const { sent } = await changeVideo(edit, onLumenfall(PUBLIC_URL));
		expect(sent).not.toHaveProperty('sourceSeconds');
		const reported = onLumenfall();
		reported.routes![EARLIER] = [completed({ url: PUBLIC_URL, seconds: '5' })];
		expect((await changeVideo(edit, reported)).sent).toMatchObject({ sourceSeconds: 5 });
	});

	// Each URL is one that only this server's key, or nobody, can open.
	test.each<[string, (baseUrl: string) => string | undefined]>([
		["on the server's own origin", (baseUrl) => `${baseUrl}/files/video_0.mp4`],
		['inside the response', () => `data:video/mp4;base64,${CLIP.toString('base64')}`],
	])('%s is never sent by that URL', async (_, urlOf) => {
		const setup = onLumenfall();
		const baseUrl = 'https://api-files.lumenfall.ai/openai/v1';
		const url = urlOf(baseUrl);
		const routes = {
			...setup.routes,
			[EARLIER]: [completed({ url })],
			'GET /files/video_0.mp4': [{ body: CLIP }],
		};
		const change = { ...setup, server: { ...SERVERS.lumenfall, baseUrl }, routes };

		const withoutLink = await changeVideo(edit, change);
		expect(withoutLink.failure).toMatchObject({
			kind: 'invalidInput',
			message: "Lumenfall can edit a video only by its URL, but 'Video From' is 'Video ID'",
			advice: expect.stringMatching(/'Input Link \(Hours\)'.*Nothing was created\.$/),
		});
		expect(withoutLink.posts).toEqual([]);

		const { posts, stored } = await changeVideo({ ...edit, linkHours: 2 }, change);
		expect(posts[0].fields.video_url).toMatch(
			/^https:\/\/n8n\.example\.com\/rest\/binary-data\/signed\?token=file_\d\.7200-seconds$/,
		);
		expect(Object.values(stored).some((file) => file.equals(CLIP))).toBe(true);
	});

	test('is not sent if the server has a web page in its place', async () => {
		const setup = onVllm();
		setup.routes![CONTENT] = [{ body: Buffer.from('<!DOCTYPE html><title>Log in</title>') }];
		const { failure, posts } = await changeVideo(edit, setup);
		expect(failure).toMatchObject({ kind: 'downloadFailed', videoId: 'video_0' });
		expect(posts).toEqual([]);
	});
});
