import { downloadFile, type DownloadContext } from '../../../nodes/Lumenfall/deliver/downloadFile';
import { failureOf } from '../../../nodes/Lumenfall/errors/failure';
import type { ServedFile } from '../../../nodes/Lumenfall/transport/connection';
import type { Job } from '../../../nodes/Lumenfall/job/job';
import { openAiCompatible } from '../../../nodes/Lumenfall/transport/dialects/openAiCompatible';
import { parseResponse } from '../../../nodes/Lumenfall/transport/decode/parseResponse';
import { box } from '../../support/mp4Surgery.mts';
import { responseOf } from '../../support/response.mts';

const BASE = 'https://videos.example.com/v1';
const CONTENT = `${BASE}/videos/video_1/content`;
const VIDEO = Buffer.concat([
	box('ftyp', Buffer.from('isom0000')),
	box('moov', box('mvhd', Buffer.alloc(100))),
	box('mdat', Buffer.alloc(500, 7)),
]);

/** Downloads a file from a server with these contents. `opened` are the URLs in the order of the requests. */
async function download(
	contents: Record<string, Buffer | object>,
	change: Partial<Job> = {},
	statuses: Record<string, number> = {},
	headers: Record<string, string> = {},
) {
	const opened: string[] = [];
	const openFile = async (url: string): Promise<ServedFile> => {
		opened.push(url);
		if (opened.length > 100) throw new Error('the download never ends');
		const content = contents[url];
		const bytes = Buffer.isBuffer(content) ? content : Buffer.from(JSON.stringify(content ?? {}));
		return {
			url,
			response: responseOf(statuses[url] ?? (content ? 200 : 404), undefined, headers),
			bytesBeforeDecoding: () => undefined,
			parse: (text) => parseResponse(text, (plain) => plain),
			async *read() {
				yield bytes;
			},
			toBinary: async (pieces) => {
				const parts: Buffer[] = [];
				for await (const piece of pieces) parts.push(piece);
				return Buffer.concat(parts);
			},
			close: () => undefined,
		};
	};
	const context = {
		api: { openFile, baseUrl: BASE, contentUrl: () => CONTENT, dialect: openAiCompatible },
		execution: { helpers: { prepareBinaryData: async (data: Buffer) => ({ data }) } },
		runtime: { sleep: async () => undefined, now: () => 0, random: () => 0 },
	} as unknown as DownloadContext;
	const job: Job = { id: 'video_1', phase: 'completed', status: 'completed', ...change };
	return await downloadFile(context, { job, variant: 'video' }, {}).then(
		({ bytes }) => ({ bytes, opened, failure: undefined }),
		(error: unknown) => ({ bytes: 0, opened, failure: failureOf(error) }),
	);
}

test('a URL in the response of the content route is followed', async () => {
	const url = 'https://files.example.com/a.mp4';
	expect(await download({ [CONTENT]: { url }, [url]: VIDEO })).toMatchObject({
		bytes: VIDEO.length,
		opened: [CONTENT, url],
	});
});

test('a file in percent-encoding in the response is decoded, and a broken one is no crash', async () => {
	const bytes = Buffer.concat([VIDEO.subarray(0, -1), Buffer.from([0xff])]);
	const encoded = bytes.toString('hex').replace(/../g, '%$&');
	const url = `data:video/mp4,${encoded}`;
	expect(await download({}, { url, fileUrls: [url] })).toMatchObject({ bytes: bytes.length });
	const broken = 'data:video/mp4,%zz';
	const { failure } = await download({}, { url: broken, fileUrls: [broken] });
	expect(failure?.kind).toBe('downloadFailed');
});

test.each([
	['text', (url: string) => `${url}\n`],
	['text with a byte order mark', (url: string) => `\ufeff${url}`],
	['JSON that is only the URL', (url: string) => JSON.stringify(url)],
	['JSON in a JSON text', (url: string) => JSON.stringify(JSON.stringify({ url }))],
])('a URL that the content route returns as %s is followed', async (_, write) => {
	const url = 'https://files.example.com/a?signature=x';
	const { bytes } = await download({ [CONTENT]: Buffer.from(write(url)), [url]: VIDEO });
	expect(bytes).toBe(VIDEO.length);
});

test.each([
	['base64', (base64: string) => base64],
	['base64 in JSON', (base64: string) => JSON.stringify(base64)],
	['a data URL', (base64: string) => `data:video/mp4;base64,${base64}`],
])('a file that the content route returns as %s is stored', async (_, write) => {
	const text = write(VIDEO.toString('base64'));
	expect((await download({ [CONTENT]: Buffer.from(text) })).bytes).toBe(VIDEO.length);
});

test.each<[object, string]>([
	[{ error: { message: 'The file has expired.' } }, 'fileExpired'],
	[{ code: 404, msg: 'no such file' }, 'noFile'],
	[{ error: { code: 503, message: 'busy' } }, 'serverUnavailable'],
	[{ success: false, message: 'Video is not completed yet' }, 'notReady'],
	[{ success: false, message: '视频尚未生成完成' }, 'notReady'],
	[{ error: { message: 'try later' } }, 'downloadFailed'],
])('an error that comes with status 200 is understood: %j', async (body, kind) => {
	const { failure } = await download({ [CONTENT]: body });
	expect([failure?.kind, failure?.serverMessage]).toEqual([kind, expect.any(String)]);
	expect(failure?.message).toContain(failure?.serverMessage);
});

test('a page or a sentence is not a URL', async () => {
	for (const text of ['<a href="https://files.example.com/a.mp4">', 'See https://a.example/'])
		expect((await download({ [CONTENT]: Buffer.from(text) })).failure?.kind).toBe('downloadFailed');
});

test("a completed job without a file shows the server's reason", async () => {
	const { failure } = await download({}, { error: { message: 'Provider\nfailed' } });
	expect(failure).toMatchObject({ kind: 'noFile', serverMessage: 'Provider failed' });
});

test('a file that is never whole ends the download, also if a response refers to it', async () => {
	const url = 'https://files.example.com/a.mp4';
	const { failure, opened } = await download({ [CONTENT]: { url }, [url]: VIDEO.subarray(0, 300) });
	expect(failure).toMatchObject({ kind: 'downloadFailed', videoId: 'video_1' });
	expect(opened.filter((one) => one === url)).toHaveLength(4);
});

test('a server that refers to a new URL of a broken file each time is given up', async () => {
	let signature = 0;
	const contents = new Proxy(
		{},
		{
			get: (_, url: string) =>
				url === CONTENT
					? { url: `https://files.example.com/a.mp4?signature=${++signature}` }
					: VIDEO.subarray(0, 300),
		},
	);
	const { failure } = await download(contents);
	expect(failure).toMatchObject({ kind: 'downloadFailed', videoId: 'video_1' });
	expect(signature).toBe(4);
});

test('the next URL of a response is tried if a file is never whole', async () => {
	const [broken, whole] = ['https://files.example.com/a.mp4', 'https://files.example.com/b.mp4'];
	const contents = { [CONTENT]: { urls: [broken, whole] }, [whole]: VIDEO };
	const { bytes } = await download({ ...contents, [broken]: VIDEO.subarray(0, 300) });
	expect(bytes).toBe(VIDEO.length);
});

test.each<[number, string, string]>([
	[403, 'Request has expired', 'fileExpired'],
	[404, 'The specified key does not exist.', 'fileExpired'],
	[403, 'The request signature we calculated does not match', 'downloadFailed'],
	[503, 'SlowDown', 'serverUnavailable'],
])(
	'the refusal %i of the file host is reported, also if the server has no content route: %s',
	async (status, message, kind) => {
		const url = 'https://files.example.com/a.mp4';
		const page = Buffer.from(`<?xml version="1.0"?><Error><Message>${message}</Message></Error>`);
		const { failure } = await download({ [url]: page }, { url }, { [url]: status });
		expect(failure).toMatchObject({ kind, httpStatus: status, serverMessage: message });
	},
);

test.each([
	['', 'an empty file'],
	['#EXTM3U\n#EXT-X-VERSION:3\n#EXTINF:4,\nsegment0.ts\n', 'a playlist for streaming (HLS)'],
])('what the server sent instead of the file is named: %j', async (content, name) => {
	const { failure } = await download({ [CONTENT]: Buffer.from(content) });
	expect(failure?.message).toContain(`the server sent ${name}`);
});

test('a file that announces more than 4 GB is not read', async () => {
	const headers = { 'content-length': String(4 * 1024 ** 3 + 1) };
	const { failure, opened } = await download({ [CONTENT]: VIDEO }, {}, {}, headers);
	expect(failure?.message).toContain('it is larger than 4 GB');
	expect(opened).toEqual([CONTENT]);
});
