/** Serves a page that plays a video to its end, then seeks in it, and reports what it sees. */
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Watching {
	/** Times to seek to, in seconds, one after another. */
	seeks: number[];
	/** Time between a frame that is shown and the next seek, in milliseconds. */
	pauseMs: number;
}

export interface Report {
	error?: string;
	/** Where playback ended, in seconds. */
	endedAt: number;
	duration: number;
	/** Blue-difference (U) of the frame shown after each seek. */
	blue: number[];
}

interface PlayerPage {
	url: string;
	report: Promise<Report>;
	close(): void;
}

export async function servePlayerPage(file: Buffer, watching: Watching): Promise<PlayerPage> {
	let resolve: (report: Report) => void;
	const report = new Promise<Report>((done) => (resolve = done));
	const server = createServer((request, response) => {
		if (request.url === '/video.mp4') return servePart(file, request.headers.range, response);
		if (request.url !== '/report') return response.end(page(watching));
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
function servePart(file: Buffer, range = '', response: ServerResponse): void {
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

/** Many times what a busy machine needs. */
const TIMEOUT_MS = 90_000;

const page = ({ seeks, pauseMs }: Watching) => `<!doctype html>
<video muted playsinline src="/video.mp4"></video><script>
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
	for (const at of ${JSON.stringify(seeks)}) {
		await new Promise((resolve) => setTimeout(resolve, ${pauseMs}));
		const painted = new Promise((resolve) => video.requestVideoFrameCallback(resolve));
		const seeked = next('seeked');
		video.currentTime = at;
		await Promise.all([seeked, painted]);
		blue.push(blueOfFrame());
	}
	return { endedAt, duration: video.duration, blue };
}
const timeout = new Promise((_, reject) =>
	setTimeout(() => reject(new Error('The video stalled')), ${TIMEOUT_MS}));
Promise.race([watch(), timeout]).catch((error) => ({ error: String(error?.message ?? error) })).then((report) =>
	fetch('/report', { method: 'POST', body: JSON.stringify(report) }));
</script>`;
