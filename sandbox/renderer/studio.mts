import { createHash } from 'node:crypto';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { VideoOrder } from './film.mts';
import { padTo } from './padding.mts';
import { renderVideo } from './renderVideo.mts';

/** A finished video on disk; `bytes` is its size. */
export interface VideoFile {
	path: string;
	bytes: number;
}

export interface Studio {
	/** Films the order, or hands out the file of an identical earlier one. */
	film(order: VideoOrder): Promise<VideoFile>;
	/** Stops the camera and removes every file. */
	close(): Promise<void>;
}

export interface StudioOptions {
	/** `real` films what was ordered; `tiny` hands out one small film for every order. */
	renderer?: 'real' | 'tiny';
	/** Size to pad every file to, in bytes. */
	fileBytes?: number;
}

// Small enough to cost nothing, and still a film with picture and sound.
const tinyOrder: VideoOrder = { width: 64, height: 36, seconds: 1, prompt: '', model: 'tiny' };

/** Renders one video at a time: the encoder already uses every core. */
export async function createStudio(options: StudioOptions = {}): Promise<Studio> {
	const folder = await mkdtemp(join(tmpdir(), 'video-sandbox-'));
	const files = new Map<string, Promise<VideoFile>>();
	const closing = new AbortController();
	let queue: Promise<unknown> = Promise.resolve();

	function film(asked: VideoOrder): Promise<VideoFile> {
		const order = options.renderer === 'tiny' ? tinyOrder : asked;
		const name = fingerprint(order);
		const file = files.get(name) ?? afterQueue(() => render(order, join(folder, `${name}.mp4`)));
		files.set(name, file);
		return file;
	}

	function afterQueue(task: () => Promise<VideoFile>): Promise<VideoFile> {
		const result = queue.then(task);
		queue = result.catch(() => {});
		return result;
	}

	async function render(order: VideoOrder, path: string): Promise<VideoFile> {
		closing.signal.throwIfAborted();
		await renderVideo(order, path, closing.signal);
		if (options.fileBytes !== undefined) await padTo(path, options.fileBytes);
		return { path, bytes: (await stat(path)).size };
	}

	async function close() {
		closing.abort();
		await queue;
		await rm(folder, { recursive: true });
	}

	return { film, close };
}

function fingerprint({ image, lastImage, references = [], ...rest }: VideoOrder): string {
	const pictures = [image, lastImage, ...references].map((picture) => picture && digest(picture));
	return digest(JSON.stringify([rest, pictures])).slice(0, 32);
}

function digest(data: string | Buffer): string {
	return createHash('sha256').update(data).digest('hex');
}
