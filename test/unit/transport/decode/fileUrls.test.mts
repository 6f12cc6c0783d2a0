import { quick } from '../../../support/quick.mts';
import { decodeJob, MP4, SIGNED } from '../../../support/readJson.mts';

test.each<[string, object]>([
	['Together', { outputs: { video_url: MP4, cost: 0.4 } }],
	['DeepInfra, Dynamo', { data: [{ url: MP4 }] }],
	['Bifrost', { videos: [{ type: 'url', url: MP4 }] }],
	['new-api', { metadata: { url: MP4 } }],
	['xAI', { video: { url: MP4 } }],
	['ModelArk', { content: { video_url: MP4, last_frame_url: 'https://files.example/a.png' } }],
	['Kling', { data: { task_result: { videos: [{ url: MP4 }] } } }],
	['camel case', { videoUrl: MP4 }],
	['stdapi.ai', { result: { video_url: MP4 } }],
	['xAI, LiteLLM', { id: '', status: 'done', video: { url: MP4, duration: 8 } }],
	['xAI, without an ID', { status: 'done', video: { url: MP4 } }],
	['a text', { output: MP4 }],
	['a list of texts', { output: [MP4] }],
	['a list of URLs', { resultUrls: [MP4] }],
	['a list under the name of one URL', { video_url: [MP4] }],
	['an object under the name of a URL', { video_url: { url: MP4 } }],
	['JSON in a text', { data: { resultJson: JSON.stringify({ resultUrls: [MP4] }) } }],
	['Luma', { generation: { assets: { video: MP4 } } }],
	['Gemini', { done: true, response: { generatedVideos: [{ video: { uri: MP4 } }] } }],
	['Kling, newer', { data: { works: [{ resource: { resource: MP4 } }] } }],
	['Vidu', { creations: [{ url: MP4 }] }],
	['DashScope', { output: { choices: [{ message: { content: [{ video: MP4 }] } }] } }],
	['a chat', { choices: [{ message: { content: MP4 } }] }],
	['links', { links: { download: MP4 } }],
	[
		'links by relation',
		{
			links: [
				{ rel: 'self', href: 'https://files.example/videos/v' },
				{ rel: 'download', href: MP4 },
			],
		},
	],
	['qualities', { video: { '720p': MP4 } }],
	['kie.ai', { data: { info: { resultUrls: [MP4] } } }],
	[
		'Kling, without watermark',
		{ data: { works: [{ video: { resource_without_watermark: MP4 } }] } },
	],
	['PixVerse', { Resp: { url: MP4 } }],
	['file infos', { FileInfos: [{ FileUrl: MP4 }] }],
	['a list that PHP wrote as an object', { videos: { 0: MP4 } }],
	['attachments', { attachments: [{ url: MP4, mime: 'video/mp4' }] }],
	['a chat in Markdown', { choices: [{ message: { content: `Here it is: [video](${MP4})` } }] }],
	['a chat in HTML', { choices: [{ message: { content: `<video src='${MP4}'></video>` } }] }],
	['a URL in angle brackets', { video_url: `<${MP4}>` }],
	['JSON in JSON in a text', { result: JSON.stringify(JSON.stringify({ url: MP4 })) }],
	...[
		...['result_url', 'output_url', 'download_url', 'file_url', 'signed_url', 'presigned_url'],
		...['final_url', 'finalVideoUrl', 'output_video_url', 'hd_video_url', 'public_url', 'cdn_url'],
		...['media_url', 'asset_url', 'play_url', 'stream_url', 'downloadLink', 'output_video'],
		...['generated_video', 'video_file', 'videoFileUrl', 'mp4_url', 'video_uri', 'file_uri'],
		...['video_src', 'src', 'oss_url', 'rendered_url', 'storage_url', 'content_url', 'sample'],
		...['url_1080p', '1080p_url', 'video_720p', 'sd_url', 'videoUrlNoWatermark', 'attachment'],
		...['direct_url', 'hosted_url', 'delivery_url', 'r2_url', 'exported_video_url'],
		...['url_list', 'video_url_list'],
	].map((name): [string, object] => [name, { [name]: MP4 }]),
	[
		'a list beside images',
		{
			outputs: [
				{ type: 'image', url: 'https://files.example/x' },
				{ type: 'video', url: MP4 },
			],
		},
	],
	['a relative URL', { url: '/a.mp4' }],
	['a record', { data: { record: { id: 'v', result_json: `{"resultUrls":["${MP4}"]}` } } }],
	['JSON:API', { data: { id: 'v', type: 'x', attributes: { status: 'ok', video_url: MP4 } } }],
	['Agnes', { id: 'task_1', video_id: 'v', object: 'video', remixed_from_video_id: MP4 }],
	['a relay with the URL as type', { id: 'v', object: MP4 }],
	['Higgsfield', { id: 'v', jobs: [{ status: 'completed', results: { raw: { url: MP4 } } }] }],
])(
	'the file of a video is found under the names of %s, and a job with a file is completed',
	(_, response) => {
		const job = decodeJob(response, { id: 'v', base: 'https://files.example/v1' });
		expect(job).toMatchObject({ id: 'v', phase: 'completed', url: MP4 });
	},
);

const BASE64 = Buffer.from(`\0\0\0\x20ftypisom${'\0'.repeat(60)}`, 'latin1').toString('base64');

test.each<object>([
	{ b64_json: BASE64 },
	{ data: [{ b64_json: BASE64 }] },
	{ video: BASE64 },
	{ data: { output: BASE64 } },
	{ video_base64: BASE64 },
	{ url: `data:video/mp4;base64,${BASE64}` },
	{ output: [`data:application/octet-stream;base64,${BASE64}`] },
	{ videos: [{ bytesBase64Encoded: BASE64, mimeType: 'video/mp4' }] },
	{ generatedSamples: [{ video: { encodedVideo: BASE64, encoding: 'video/mp4' } }] },
])('a file that is part of the response itself is found: %j', (response) => {
	const job = decodeJob(response, { id: 'v' });
	expect(job).toMatchObject({ phase: 'completed' });
	expect(job?.fileUrls?.[0]).toMatch(/^data:.*;base64,AAAA/);
});

test.each<object>([
	{ thumbnail_url: 'https://a/b.jpg' },
	{ preview_url: 'https://a/b.mp4', cover: { url: 'https://a/c.mp4' }, poster: 'https://a/d' },
	{ assets: [{ type: 'preview_video', url: 'https://a/b.mp4' }] },
	{ input: { video_url: 'https://a/in.mp4' }, source_video: { url: 'https://a/in.mp4' } },
	{ input_video_url: 'https://a/in.mp4', reference_video_url: 'https://a/r.mp4' },
	{ last_frame_url: 'https://a/f', first_frame: { url: 'https://a/f' } },
	{ status_url: 'https://a/s', response_url: 'https://a/r', cancel_url: 'https://a/c' },
	{ links: [{ rel: 'self', href: 'https://a/videos/v' }], href: undefined },
	{ message: 'https://a/help' },
	{ file_path: '/tmp/outputs/v.mp4' },
	{ data: 'video_YWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXphYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3h5eg' },
	{ url: 'https://a/b.png' },
	{ object: 'video', remixed_from_video_id: 'video_1' },
	{ callback_url: 'https://a/hook', polling_url: 'https://a/videos/1' },
	{ urls: { get: 'https://a/1', cancel: 'https://a/1/cancel' } },
	{ urls: { stream: 'https://stream.a/v1/files/1', get: 'https://a/1' } },
	{ url: 'https://api.example/v1/videos/v', href: '/v1/videos/v', link: '/v1/tasks/v/status' },
	{ files: [{ url: 'https://a/in', purpose: 'input' }, { url: 'https://a/frames.zip' }] },
	{ output: 'https://a/stream.m3u8', result: { gif_url: 'https://a/b.gif' } },
	{ outputs: [{ type: 'reference_video', url: 'https://a/in.mp4' }] },
	{ content: [{ type: 'video_url', video_url: { url: 'https://a/r' }, role: 'reference_video' }] },
	{
		error: { message: 'no', doc_url: 'https://a/x.mp4' },
		request: { video_url: 'https://a/x.mp4' },
	},
])('%j contains no video file', (response) => {
	const known = { id: 'v', base: 'https://api.example/v1' };
	expect(decodeJob({ ...response, status: 'completed' }, known)).not.toHaveProperty('url');
});

test.each<object>([
	...['hosted_url', 'formats', 'variants', 'path', 'wherever'].map((name) => ({ [name]: MP4 })),
	{ renditions: [{ format: { link: `${MP4}?a=b` } }], thumbnail: 'https://files.example/t.mp4' },
	{ _links: { enclosure: { href: `${MP4}?a=b` } } },
	{ data: { id: 'v', type: 'jobs', attributes: { export: MP4 } } },
	{ resources: [{ path: MP4 }] },
	{ extra: { deep: { er: [{ url: MP4 }] } }, input: { video: 'https://files.example/in.mp4' } },
	// ComfyUI and its hosts.
	{ outputs: [{ data: { gifs: [{ url: MP4, format: 'video/h264-mp4' }] } }] },
	{ outputs: { 9: { images: [{ url: MP4 }] } } },
	{ motionMP4URL: MP4, refined_video: MP4, high_definition: MP4, composed: MP4 },
])('the only URL of a completed job that ends like a video is its file: %j', (response) => {
	const job = decodeJob({ status: 'completed', ...response }, { id: 'v' });
	expect(job?.url).toMatch(/^https:\/\/files\.example\/a\.mp4/);
	expect(decodeJob({ ...response, status: 'generating' }, { id: 'v' })?.phase).not.toBe(
		'completed',
	);
});

test.each<object>([
	{ variants: [{ url: SIGNED, content_type: 'video/mp4' }] },
	{ outputs: [{ type: 'video', value: SIGNED }] },
	{ variants: [{ type: 'video', secure_url: SIGNED, share_url: 'https://studio.example/v/1' }] },
	{ variants: [{ kind: 'video', src: [SIGNED] }] },
	{ extra: { video_url: SIGNED, image_url: 'https://files.example/i' } },
	{ shots: [{ video_urls: [SIGNED] }] },
	{ details: { videoPath: SIGNED } },
])(
	'the only URL of a completed job that its name or type calls a video is its file: %j',
	(response) => {
		expect(decodeJob({ status: 'completed', ...response }, { id: 'v' })?.url).toBe(SIGNED);
	},
);

test('a file that is named in the query of a URL is found', () => {
	const url = 'https://files.example/view?filename=a.mp4&subfolder=&type=output';
	const response = { status: 'completed', nodes: { 9: { gifs: [{ fullpath: url }] } } };
	expect(decodeJob(response, { id: 'v' })?.url).toBe(url);
});

test.each<object>([
	{ one: MP4, other: 'https://files.example/b.mp4' },
	{ original_url: MP4 },
	{ request: { video: MP4 } },
	{ items: [{ type: 'input_video', location: MP4 }] },
	{ page: 'https://files.example/watch' },
	{ path: '/tmp/a.mp4' },
	...['arguments', 'args', 'config', 'options', 'settings', 'context'].map((name) => ({
		[name]: { video_url: SIGNED },
	})),
	...['init_video', 'control_video', 'driving_video_url', 'mask_video', 'pose_video'].map(
		(name) => ({
			[name]: MP4,
		}),
	),
	{ media: { frame_videos: [MP4] } },
	...['video_polling_url', 'video_info_url', 'video_price_url', 'video_template_url'].map(
		(name) => ({
			[name]: 'https://studio.example/v/1',
		}),
	),
	...['video_page_url', 'video_share_url', 'videoPlayerUrl', 'video_upload_url', 'page_url'].map(
		(name) => ({ [name]: SIGNED }),
	),
	...['share_url', 'page', 'permalink', 'websiteUrl', 'dashboard_url', 'gallery_link', 'title'].map(
		(name) => ({ data: { type: 'video', [name]: 'https://studio.example/v/1' } }),
	),
	{ shots: [{ video_url: SIGNED }, { video_url: `${SIGNED}c` }] },
])('%j may be another video than the result', (response) => {
	expect(decodeJob({ status: 'completed', ...response }, { id: 'v' })).not.toHaveProperty('url');
});

test('the name of a field of hundreds of thousands of words is read at once', () => {
	for (const word of ['video', 'video_url', 'videoplay'])
		for (const response of [{ extra: {} }, { [`${word.repeat(100_000)}x`]: SIGNED }])
			expect(
				quick(() => decodeJob({ id: 'v', status: 'completed', ...response })),
			).not.toHaveProperty('url');
});

test('the content of a chat with thousands of links is read at once', () => {
	const job = { id: 'v', choices: [{ message: { content: 'https://'.repeat(100_000) } }] };
	expect(quick(() => decodeJob(job))?.id).toBe('v');
});
