import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ClipSpec } from '../support/clips.mts';
import { join as joinClips, loadClips } from '../unit/media/mp4/joinSupport.mts';
import { openBrowser } from './browser.mts';

/** Clips that differ in profile, entropy coding, B-frames and frame rate, so that a player must change its decoder. */
const CLIPS: ClipSpec[] = [
	{ look: 1, framesPerSecond: 30, videoOptions: { profile: 'high', bf: 3, g: 15 } },
	{ look: 2, framesPerSecond: 24, videoOptions: { profile: 'baseline', bf: 0, g: 48 } },
	{ look: 3, framesPerSecond: 30, videoOptions: { profile: 'main', bf: 2, g: 30, refs: 4 } },
];
/** Blue-difference (U) of the picture that `makeClip` draws for each look. */
const BLUE = [100, 140, 180];
const SECONDS = 1.5;
/** Around both joints, back and forth, and at both ends. */
const SEEKS = [0.05, 1.4, 1.6, 2.9, 3.1, 4.4, 1.6, 0.7, 2.2];

interface Report {
	error?: string;
	/** Where playback ended, in seconds. */
	endedAt: number;
	duration: number;
	/** Blue-difference of the frame shown after each seek. */
	blue: number[];
}

/** Plays the video to its end, then seeks, and reports to the server. */
const PAGE = `<!doctype html><video muted playsinline src="/joined.mp4"></video><script>
const video = document.querySelector('video');
const next = (name) => new Promise((resolve, reject) => {
	video.addEventListener(name, resolve, { once: true });
	video.addEventListener('error', () => reject(video.error), { once: true });
});
function blueOfFrame() {
	const canvas = Object.assign(document.createElement('canvas'), { width: 32, height: 18 });
	const context = canvas.getContext('2d');
	context.drawImage(video, 0, 0, 32, 18);
	const { data } = context.getImageData(0, 0, 32, 18);
	let sum = 0;
	for (let i = 0; i < data.length; i += 4)
		sum += 128 - 0.148 * data[i] - 0.291 * data[i + 1] + 0.439 * data[i + 2];
	return sum / (data.length / 4);
}
async function watch() {
	const ended = next('ended');
	await video.play();
	await ended;
	const endedAt = video.currentTime;
	const blue = [];
	for (const at of ${JSON.stringify(SEEKS)}) {
		const painted = new Promise((resolve) => video.requestVideoFrameCallback(resolve));
		const seeked = next('seeked');
		video.currentTime = at;
		await Promise.all([seeked, painted]);
		blue.push(blueOfFrame());
	}
	return { endedAt, duration: video.duration, blue };
}
watch().catch((error) => ({ error: String(error?.message ?? error) })).then((report) =>
	fetch('/report', { method: 'POST', body: JSON.stringify(report) }));
</script>`;

/** Serves the page and the video. Resolves with what the page reports. */
async function openTheatre(file: Buffer) {
	let resolve: (report: Report) => void;
	const report = new Promise<Report>((done) => (resolve = done));
	const server = createServer((request, response) => {
		if (request.url === '/joined.mp4') return servePart(file, request.headers.range, response);
		if (request.url !== '/report') return response.end(PAGE);
		const parts: Buffer[] = [];
		request.on('data', (part: Buffer) => parts.push(part));
		request.on('end', () => {
			response.end();
			resolve(JSON.parse(Buffer.concat(parts).toString()) as Report);
		});
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
	return { url, report, close: () => server.close() };
}

/** Players seek with range requests. */
function servePart(file: Buffer, range = '', response: import('node:http').ServerResponse): void {
	const [, from = '0', to = ''] = /^bytes=(\d+)-(\d*)$/.exec(range) ?? [];
	const end = to === '' ? file.length - 1 : Math.min(Number(to), file.length - 1);
	response.writeHead(range ? 206 : 200, {
		'content-type': 'video/mp4',
		'accept-ranges': 'bytes',
		'content-length': end - Number(from) + 1,
		...(range && { 'content-range': `bytes ${from}-${end}/${file.length}` }),
	});
	response.end(file.subarray(Number(from), end + 1));
}

async function watchInChromium(url: string, report: Promise<Report>): Promise<Report> {
	const browser = await openBrowser();
	try {
		await (await browser.newPage()).goto(url);
		return await report;
	} finally {
		await browser.close();
	}
}

describe('a joined video with three encoder settings, in Chromium', () => {
	let report: Report;
	beforeAll(async () => {
		const clips = await loadClips();
		const size = { width: 320, height: 180, seconds: SECONDS };
		const files = await Promise.all(
			CLIPS.map(async (clip) => await clips.makeClip({ ...size, ...clip })),
		);
		const { file } = await joinClips(files);
		const theatre = await openTheatre(file);
		report = await watchInChromium(theatre.url, theatre.report);
		theatre.close();
	});

	test('plays to its end', () => {
		expect(report.error).toBeUndefined();
		expect(report.duration).toBeCloseTo(CLIPS.length * SECONDS, 1);
		expect(report.endedAt).toBeCloseTo(report.duration, 1);
	});

	test('shows the right clip after every seek', () => {
		const shown = report.blue.map((blue) => nearest(BLUE, blue));
		expect(shown).toEqual(SEEKS.map((at) => BLUE[Math.floor(at / SECONDS)]));
	});
});

function nearest(values: number[], value: number): number {
	return values.reduce((best, one) =>
		Math.abs(one - value) < Math.abs(best - value) ? one : best,
	);
}
