import { createHash } from 'node:crypto';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { RenderRequest } from './renderRequest.mts';
import { padTo } from './padding.mts';
import { openRenderCache } from './renderCache.mts';
import { renderVideo } from './renderVideo.mts';

/** A finished video on disk. `bytes` is its size. */
export interface VideoFile {
	path: string;
	bytes: number;
}

export interface RenderQueue {
	/** Renders the video, or returns the file of an identical earlier request. */
	render(request: RenderRequest): Promise<VideoFile>;
	/** Stops rendering and deletes every file. */
	close(): Promise<void>;
}

export interface RenderOptions {
	/** `real` renders each request. `tiny` returns the same small video for every request. */
	renderer?: 'real' | 'tiny';
	/** Pads every file to this size, in bytes. */
	fileBytes?: number;
	/** A folder in which rendered videos are kept for later sandboxes. Without it, each sandbox renders its own. */
	renderCache?: string;
}

// Very small, but with a video and an audio track.
const tinyRequest: RenderRequest = { width: 64, height: 36, seconds: 1, prompt: '', model: 'tiny' };

/** Renders one video at a time, because the encoder already uses every core. */
export async function createRenderQueue(options: RenderOptions = {}): Promise<RenderQueue> {
	const folder = await mkdtemp(join(tmpdir(), 'video-sandbox-'));
	const cache = options.renderCache ? await openRenderCache(options.renderCache) : undefined;
	const files = new Map<string, Promise<VideoFile>>();
	const closing = new AbortController();
	let queue: Promise<unknown> = Promise.resolve();

	function render(requested: RenderRequest): Promise<VideoFile> {
		const { encoder } = requested;
		const request = options.renderer === 'tiny' ? { ...tinyRequest, encoder } : requested;
		const name = fingerprint(request);
		const file =
			files.get(name) ?? afterQueue(() => renderFile(request, join(folder, `${name}.mp4`)));
		files.set(name, file);
		return file;
	}

	function afterQueue(task: () => Promise<VideoFile>): Promise<VideoFile> {
		const result = queue.then(task);
		queue = result.catch(() => {});
		return result;
	}

	async function renderFile(request: RenderRequest, path: string): Promise<VideoFile> {
		closing.signal.throwIfAborted();
		if (!(await cache?.copyTo(path))) {
			await renderVideo(request, path, closing.signal);
			await cache?.keep(path);
		}
		if (options.fileBytes !== undefined) await padTo(path, options.fileBytes);
		return { path, bytes: (await stat(path)).size };
	}

	async function close() {
		closing.abort();
		await queue;
		await rm(folder, { recursive: true });
	}

	return { render, close };
}

function fingerprint(request: RenderRequest): string {
	const { image, lastImage, references = [], source, ...rest } = request;
	const images = [image, lastImage, ...references].map((image) => image && digest(image));
	const from = source && [contentOf(source.video), source.frame];
	return digest(JSON.stringify([rest, images, from])).slice(0, 32);
}

/** A video on disk is an earlier render, whose name is its fingerprint. */
function contentOf(video: Buffer | string): string {
	return typeof video === 'string' ? basename(video) : digest(video);
}

function digest(data: string | Buffer): string {
	return createHash('sha256').update(data).digest('hex');
}
