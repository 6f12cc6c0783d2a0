import { chooseWay } from '../../../nodes/Lumenfall/create/chooseWay';
import type {
	Change,
	ChangeWay,
	SentVideo,
	SourceKind,
} from '../../../nodes/Lumenfall/request/sourceVideo';
import type { VideoRequest } from '../../../nodes/Lumenfall/request/videoRequest';
import type { KnownServer } from '../../../nodes/Lumenfall/transport/dialects/dialect';
import { dialectOf } from '../../../nodes/Lumenfall/transport/dialects';
import type { Dialect } from '../../../nodes/Lumenfall/transport/dialects/dialect';

/**
 * Each kind of server, and what it is sent for each way to name the earlier video: method, path and body; or why nothing is
 * sent.
 */

const compatible = (baseUrl: string, requestFields: 'auto' | 'openRouter' = 'auto') =>
	dialectOf({ server: 'openAiCompatible', baseUrl, requestFields });

const lumenfall = dialectOf({ server: 'lumenfall', baseUrl: 'https://api.lumenfall.ai/openai/v1' });
const openRouter = compatible('https://openrouter.ai/api/v1');
const gemini = compatible('https://generativelanguage.googleapis.com/v1beta/openai');
const together = compatible('https://api.together.ai/v2');
const unknown = compatible('http://10.0.0.5:4000/v1');

/** What the video can be named by, as the form names it first. */
const BY_ID: SourceKind[] = ['id', 'file'];
const BY_ID_WITH_URL: SourceKind[] = ['id', 'url', 'file'];
const BY_URL: SourceKind[] = ['url'];
const BY_FILE: SourceKind[] = ['file'];
const BY_FILE_WITH_LINK: SourceKind[] = ['file', 'url'];

const VIDEO: Record<SourceKind, SentVideo> = {
	id: { kind: 'id', id: 'models/veo/1' },
	url: { kind: 'url', url: 'https://example.com/a.mp4' },
	file: { kind: 'file', bytes: Buffer.from('mp4'), mimeType: 'video/mp4', fileName: 'a.mp4' },
};
const { url } = VIDEO.url as { url: string };
const { id } = VIDEO.id as { id: string };

type Sent = { path: string; body: object };
type Row = [string, Change, Dialect, SourceKind[], Partial<KnownServer> & Named, Sent | RegExp];
type Named = { named?: ChangeWay };

const BASE = { model: 'm', prompt: 'rain' };

const TABLE: Row[] = [
	['Lumenfall', 'extend', lumenfall, BY_ID, {}, /^Lumenfall has no way to extend a video/],
	[
		'Lumenfall with the URL of the job',
		'edit',
		lumenfall,
		BY_ID_WITH_URL,
		{},
		{ path: '/videos', body: { ...BASE, video_url: url } },
	],
	[
		'Lumenfall with a model whose schema says input_video',
		'edit',
		lumenfall,
		BY_URL,
		{ model: { id: 'm', videoParameters: ['input_video'] } },
		{ path: '/videos', body: { ...BASE, input_video: url } },
	],
	[
		'Lumenfall as the user chooses',
		'edit',
		lumenfall,
		BY_URL,
		{ named: 'inputVideo' },
		{ path: '/videos', body: { ...BASE, input_video: url } },
	],
	[
		'Lumenfall with a file and consent to a link',
		'edit',
		lumenfall,
		BY_FILE_WITH_LINK,
		{},
		{ path: '/videos', body: { ...BASE, video_url: url } },
	],
	[
		'Lumenfall with a file alone',
		'edit',
		lumenfall,
		BY_FILE,
		{},
		/^Lumenfall can edit a video only by its URL, but 'Video From' is 'Binary File'/,
	],
	[
		'Lumenfall as another server has it',
		'edit',
		lumenfall,
		BY_ID,
		{ named: 'remix' },
		/^'Send Video As' is 'remix', but Lumenfall cannot edit a video that way/,
	],
	...(['extend', 'edit'] as const).map(
		(change): Row => [
			'OpenRouter by ID',
			change,
			openRouter,
			BY_ID,
			{},
			{ path: '/videos', body: { ...BASE, previous_job_id: id } },
		],
	),
	[
		'OpenRouter by URL',
		'edit',
		openRouter,
		BY_URL,
		{},
		{
			path: '/videos',
			body: { ...BASE, input_references: [{ type: 'video_url', video_url: { url } }] },
		},
	],
	[
		'OpenRouter by URL',
		'extend',
		openRouter,
		BY_URL,
		{},
		/^OpenRouter can extend a video only by its ID, but 'Video From' is 'URL'/,
	],
	[
		'an upscaler of OpenRouter, whose input is no job of its own',
		'edit',
		openRouter,
		BY_ID_WITH_URL,
		{ model: { id: 'm', upscale: { max: 4 } } },
		{
			path: '/videos',
			body: { ...BASE, input_references: [{ type: 'video_url', video_url: { url } }] },
		},
	],
	[
		'Gemini',
		'extend',
		gemini,
		BY_ID,
		{},
		{ path: '/videos', body: { ...BASE, extend_video_id: id } },
	],
	['Gemini', 'edit', gemini, BY_ID, {}, /^Gemini has no way to edit a video/],
	['Together', 'extend', together, BY_ID, {}, /^Together has no way to extend a video/],
	[
		'Together',
		'edit',
		together,
		BY_URL,
		{},
		{ path: '/videos', body: { ...BASE, media: { source_video: url } } },
	],
	[
		'an unknown server by ID',
		'extend',
		unknown,
		BY_ID,
		{},
		{ path: '/videos/extensions', body: { prompt: 'rain', video: { id } } },
	],
	[
		'an unknown server by ID',
		'edit',
		unknown,
		BY_ID,
		{},
		{ path: '/videos/edits', body: { prompt: 'rain', video: { id } } },
	],
	[
		'an unknown server by URL',
		'edit',
		unknown,
		BY_URL,
		{},
		{ path: '/videos/edits', body: { ...BASE, video: { url } } },
	],
	[
		'an unknown server by file',
		'edit',
		unknown,
		BY_FILE,
		{},
		{ path: '/videos/edits', body: { ...BASE, video: 'a.mp4 (video/mp4)' } },
	],
	[
		'a relay as the user chooses',
		'edit',
		unknown,
		BY_ID,
		{ named: 'remix' },
		{ path: '/videos/models%2Fveo%2F1/remix', body: { prompt: 'rain' } },
	],
	[
		'Bifrost as the user chooses',
		'edit',
		unknown,
		BY_URL,
		{ named: 'videoUri' },
		{ path: '/videos', body: { ...BASE, video_uri: url } },
	],
	...(['vllm', 'sglang'] as const).flatMap((owner): Row[] => [
		[
			`${owner} by file`,
			'edit',
			unknown,
			BY_FILE,
			{ owner },
			{ path: '/videos', body: { ...BASE, input_reference: 'a.mp4 (video/mp4)' } },
		],
		[
			`${owner} by ID, as it gets the file of the job`,
			'edit',
			unknown,
			BY_ID,
			{ owner },
			{ path: '/videos', body: { ...BASE, input_reference: 'a.mp4 (video/mp4)' } },
		],
		[owner, 'extend', unknown, BY_ID, { owner }, /^This server has no way to extend/],
	]),
	[
		'vllm by URL',
		'edit',
		unknown,
		BY_URL,
		{ owner: 'vllm' },
		{ path: '/videos', body: { ...BASE, video_reference: JSON.stringify({ video_url: url }) } },
	],
	[
		'SGLang by URL',
		'edit',
		unknown,
		BY_URL,
		{ owner: 'SGLang' },
		{ path: '/videos', body: { ...BASE, video_url: url } },
	],
];

test.each(TABLE)('%s: a request to %s a video is sent or refused as the table says', (...row) => {
	const [, change, dialect, kinds, { named, ...known }, expected] = row;
	const facts = { model: { id: 'm' }, ...known };
	const send = () => {
		const automatic = dialect.changes.automatic(change, facts);
		const { kind, ...way } = chooseWay(dialect.changes, automatic, { change, named, kinds });
		const source = { change, video: VIDEO[kind], ...way };
		return { ...BASE, source, additionalParameters: {} } as VideoRequest;
	};
	if (expected instanceof RegExp) return expect(send).toThrow(expected);
	const request = send();
	expect(dialect.createPath?.(request) ?? '/videos').toBe(expected.path);
	expect(fieldsOf(dialect, request)).toEqual(expected.body);
	expect(() => dialect.check({ ...request, ...lengthFor(request) }, facts.model)).not.toThrow();
});

/** Gemini's extensions have one length. */
function lengthFor({ source }: VideoRequest) {
	return source?.way === 'extendVideoId' ? { seconds: 7 } : {};
}

test('every way of the option is one of some server', () => {
	const all = [lumenfall, openRouter, unknown].flatMap(({ changes }) => Object.keys(changes.ways));
	expect(new Set(all).size).toBe(11);
});

test('on a route of its own, the seconds to add are sent, and a setting without a field is refused', () => {
	const source = { change: 'extend', video: VIDEO.id, way: 'changeRoute' } as const;
	const request: VideoRequest = { ...BASE, seconds: 8, source, additionalParameters: {} };
	expect(fieldsOf(unknown, request)).toMatchObject({ seconds: '8' });
	expect(fieldsOf(unknown, request, { secondsAsNumber: true })).toMatchObject({ seconds: 8 });
	expect(fieldsOf(unknown, request, { secondsAsDuration: true })).toMatchObject({ duration: 8 });
	for (const [setting, name] of [
		[{ seed: 7 }, 'Seed'],
		[{ audio: false }, 'Audio'],
		[{ negativePrompt: 'rain' }, 'Negative Prompt'],
		[{ user: 'u' }, 'User'],
	] as const)
		expect(() => unknown.check({ ...request, ...setting }, { id: 'm' })).toThrow(
			`'${name}' is set`,
		);
	const edit = { ...request, source: { ...source, change: 'edit' as const } };
	expect(() => unknown.check(edit, { id: 'm' })).toThrow(/keeps the length of an edited video/);
});

test('a missing route leads to the other one once, and the file of a video never becomes JSON', () => {
	const source = {
		change: 'edit',
		video: VIDEO.id,
		way: 'changeRoute',
		otherWay: 'remix',
	} as const;
	const next = (form: object, httpStatus: number, more: object = {}) =>
		unknown.nextForm?.(
			{ form, isMultipart: false, source, ...more },
			{ httpStatus, words: 'seconds must be an integer' },
		);
	expect(next({}, 404)).toEqual({ otherWay: true });
	expect(next({}, 405)).toEqual({ otherWay: true });
	expect(next({ otherWay: true }, 404)).toBeUndefined();
	expect(next({}, 500)).toBeUndefined();
	const file = { ...source, video: VIDEO.file, way: 'inputReference' as const };
	expect(next({}, 415, { source: file, isMultipart: true })).toBeUndefined();
	const request = { ...BASE, seconds: 4, source: file, additionalParameters: {} };
	expect(unknown.encodeCreate(request, 'k', { body: 'json' })).toBeInstanceOf(FormData);
});

/** The fields of a body, with the name and type of a file, and without what each create carries. */
function fieldsOf(dialect: Dialect, request: VideoRequest, form = {}): object {
	const body = dialect.encodeCreate(request, 'k', form);
	const { idempotency_key: _, ...fields } =
		body instanceof FormData
			? Object.fromEntries(
					[...body].map(([name, value]) => [
						name,
						typeof value === 'string' ? value : `${value.name} (${value.type})`,
					]),
				)
			: body;
	return fields;
}
