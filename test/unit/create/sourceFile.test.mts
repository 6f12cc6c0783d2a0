import type { IBinaryData, INodeExecutionData } from 'n8n-workflow';
import { prepareSource } from '../../../nodes/Lumenfall/create/prepareSource';
import type { SourceSelection } from '../../../nodes/Lumenfall/parameters/sourceVideo';
import {
	changeVideo,
	clipOf,
	inItem,
	openSourceStage,
	SERVERS,
	TAKES_VIDEO,
	VLLM,
	type ChangeSetup,
} from '../../support/sourceStage.mts';

/** A file of the item is extended or edited. */

const CLIP = clipOf(8);
const WEBM = Buffer.concat([Buffer.from('1a45dfa3', 'hex'), Buffer.alloc(40)]);
const ORIGIN = 'https://n8n.example.com';

const file: SourceSelection['video'] = { kind: 'file', file: 'data' };
const extend: SourceSelection = { change: 'extend', video: file };
const edit: SourceSelection = { change: 'edit', video: file };
const editByLink: SourceSelection = { ...edit, linkHours: 1.5 };

/** An item with a file that n8n stores outside of memory. */
function stored(bytes: Buffer, details: Partial<IBinaryData> = {}): ChangeSetup {
	const data = { data: 'filesystem-v2', id: 'file_0', mimeType: 'video/mp4', ...details };
	return { item: { binary: { data } }, stored: { file_0: bytes } };
}

const places = [
	['in the store of n8n', stored],
	['in the item itself', inItem],
] as const;

describe.each(places)('a file %s', (_, place) => {
	const video = place(CLIP, { fileName: 'boat.mp4' });
	const onLumenfall = { ...video, server: SERVERS.lumenfall };

	test('is sent to the route for extensions, whole and with its name', async () => {
		const { posts, failure } = await changeVideo(extend, {
			...video,
			server: SERVERS.unknown,
			routes: { 'POST /videos/extensions': [{ body: { id: 'video_1', status: 'queued' } }] },
		});
		expect(failure).toBeUndefined();
		expect(posts.map(({ request }) => request)).toEqual(['POST /videos/extensions']);
		const sent = posts[0].fields.video as File;
		expect(sent).toMatchObject({ name: 'boat.mp4', type: 'video/mp4' });
		expect(Buffer.from(await sent.arrayBuffer()).equals(CLIP)).toBe(true);
	});

	test('is sent in the field that the server is known to read', async () => {
		const { posts } = await changeVideo(edit, {
			...video,
			server: SERVERS.unknown,
			routes: VLLM,
		});
		expect(posts).toMatchObject([
			{ request: 'POST /videos', fields: { input_reference: { name: 'boat.mp4' } } },
		]);
	});

	test('is not sent to a server that only downloads videos, and the option for a link is named', async () => {
		const { posts, failure } = await changeVideo(edit, { ...onLumenfall, n8n: { origin: ORIGIN } });
		expect(failure).toMatchObject({
			kind: 'invalidInput',
			message: expect.stringMatching(/only by its URL, but 'Video From' is 'Binary File'$/),
			advice: expect.stringMatching(/'Input Link \(Hours\)'/),
		});
		expect(posts).toEqual([]);
	});

	test('is downloaded by the server from a link for as long as the user allows', async () => {
		const { posts, sent, ...n8n } = await changeVideo(editByLink, {
			...onLumenfall,
			n8n: { origin: ORIGIN },
			routes: TAKES_VIDEO,
		});
		const id = /token=(file_\d)\.5400-seconds$/.exec(String(posts[0].fields.video_url))![1];
		expect(posts).toMatchObject([
			{
				request: 'POST /videos',
				fields: { video_url: `${ORIGIN}/rest/binary-data/signed?token=${id}.5400-seconds` },
			},
		]);
		expect(n8n.stored[id].equals(CLIP)).toBe(true);
		expect(sent).toMatchObject({ sourceSeconds: 8 });
	});

	test('is not stored again to be sent', async () => {
		const { stored: files } = await changeVideo(edit, {
			...video,
			server: SERVERS.unknown,
			routes: VLLM,
		});
		expect(files).toEqual(video.stored ?? {});
	});
});

test('a stored file is linked as it is, and not stored again', async () => {
	const { posts } = await changeVideo(editByLink, {
		...stored(CLIP),
		server: SERVERS.lumenfall,
		n8n: { origin: ORIGIN },
		routes: TAKES_VIDEO,
	});
	expect(posts[0].fields.video_url).toMatch(/token=file_0\.5400-seconds$/);
});

test.each([
	['MP4', CLIP, 'video/mp4', 8],
	['MOV', clipOf(3, 'qt  '), 'video/quicktime', 3],
	['WebM', WEBM, 'video/webm', undefined],
])(
	'%s is sent with its real type and its length, if it has one, whatever n8n calls it',
	async (_, bytes, type, seconds) => {
		const { posts, sent } = await changeVideo(edit, {
			...stored(bytes, { mimeType: 'application/octet-stream' }),
			server: SERVERS.unknown,
			routes: VLLM,
		});
		expect(posts[0].fields.input_reference).toMatchObject({ type });
		expect(sent?.sourceSeconds).toBe(seconds);
	},
);

test('a file without a name is sent as a video all the same', async () => {
	const setup = { ...stored(CLIP), server: SERVERS.unknown, routes: VLLM };
	const { posts } = await changeVideo(edit, setup);
	expect(posts[0].fields.input_reference).toMatchObject({ name: 'video.mp4' });
});

test('a length that the file does not say is not part of the prepared video', async () => {
	const stage = await openSourceStage({ ...stored(WEBM), server: SERVERS.unknown, routes: VLLM });
	const { source } = await prepareSource(stage.context, edit, 'wan');
	expect(source).not.toHaveProperty('seconds');
});

describe('a file that is not a video', () => {
	const files: Array<[string, Buffer]> = [
		['an image', Buffer.from('\x89PNG\r\n\x1a\n and more', 'latin1')],
		['a PDF', Buffer.from('%PDF-1.7 and more')],
		['a text or web page', Buffer.from('<!DOCTYPE html><title>Not found</title>')],
		['a sound file', Buffer.concat([Buffer.from('\0\0\0\x10ftypM4A '), Buffer.alloc(9)])],
		['empty', Buffer.alloc(0)],
	];
	const ways: Array<[string, SourceSelection, ChangeSetup]> = [
		['sent', edit, { server: SERVERS.unknown, routes: VLLM }],
		['linked', editByLink, { server: SERVERS.lumenfall, n8n: { origin: ORIGIN } }],
	];
	const table = ways.flatMap(([way, ...setup]) =>
		files.map(([found, bytes]) => [way, found, bytes, ...setup] as const),
	);

	test.each(table)('is not %s if it is %s', async (_, found, bytes, selection, setup) => {
		const { failure, posts } = await changeVideo(selection, { ...stored(bytes), ...setup });
		expect(failure).toMatchObject({
			kind: 'invalidInput',
			message: `The file in 'data' is not an MP4, MOV or WebM video but ${found}`,
		});
		expect(posts).toEqual([]);
	});
});

describe('a file of more than 100 MB', () => {
	const onServer = { server: SERVERS.unknown, routes: VLLM };
	const tooLarge = {
		kind: 'invalidInput',
		message: expect.stringMatching(
			/^The video in 'data' is 1\d\d\.[01] MB, but at most 100\.0 MB can be sent as a file/,
		),
	};
	const sized = (bytes: number) => Buffer.alloc(bytes);

	test('is refused before it is read into memory', async () => {
		const stage = await openSourceStage({ ...stored(sized(100_000_001)), ...onServer });
		const read = jest.spyOn(stage.context.execution.helpers, 'getBinaryDataBuffer');
		const { failure } = await stage.outcomeOf(prepareSource(stage.context, edit, 'wan'));
		expect(failure).toMatchObject(tooLarge);
		expect(read).not.toHaveBeenCalled();
	});

	test('is refused in the item itself as well', async () => {
		const data = { data: 'AAAA'.repeat(34_000_000), mimeType: 'video/mp4' };
		const { failure, posts } = await changeVideo(edit, { item: { binary: { data } }, ...onServer });
		expect(failure).toMatchObject(tooLarge);
		expect(posts).toEqual([]);
	});

	test('is more than the limit, which itself can be sent', async () => {
		const bytes = sized(100_000_000);
		CLIP.copy(bytes);
		const stage = await openSourceStage({ ...stored(bytes), ...onServer });
		const { source } = await prepareSource(stage.context, edit, 'wan');
		expect([source.video.kind, source.seconds]).toEqual(['file', 8]);
	});
});

test.each<[string, Partial<INodeExecutionData>]>([
	['no file', {}],
	['a file in another field', { binary: { image: { data: 'AAAA', mimeType: 'video/mp4' } } }],
])('an item with %s is told which field to check', async (_, item) => {
	const { failure, posts } = await changeVideo(extend, { item, server: SERVERS.unknown });
	expect(failure).toMatchObject({
		kind: 'invalidInput',
		message: "Item 0 has no file in the field 'data'",
		advice: expect.stringContaining("'Input Binary Field'"),
	});
	expect(posts).toEqual([]);
});

describe('a link that the server could not open', () => {
	test.each<[string, ChangeSetup['n8n'], RegExp]>([
		['of an n8n on this machine', { origin: 'http://localhost:5678' }, /this machine only/],
		['of an n8n in a private network', { origin: 'https://n8n.local' }, /inside your network/],
		['of an older n8n', {}, /does not sign links/],
		[
			'of an n8n without a store for files',
			{ origin: ORIGIN, keepsFilesInMemory: true },
			/keeps files in memory/,
		],
	])('%s is refused before anything is created', async (_, n8n, reason) => {
		const setup = { ...inItem(CLIP), server: SERVERS.lumenfall, n8n };
		const { failure, posts } = await changeVideo(editByLink, setup);
		expect(failure).toMatchObject({
			kind: 'invalidInput',
			message: expect.stringMatching(/^'Input Link \(Hours\)' is set, but a public link/),
		});
		expect(failure?.message).toMatch(reason);
		expect(posts).toEqual([]);
	});

	test('is not refused for a server on the same machine', async () => {
		const { posts } = await changeVideo(
			{ ...editByLink, way: 'videoUri' },
			{ ...stored(CLIP), server: SERVERS.local, n8n: { origin: 'http://localhost:5678' } },
		);
		expect(posts[0].fields.video_uri).toMatch(/^http:\/\/localhost:5678\/rest\/binary-data\//);
	});
});
