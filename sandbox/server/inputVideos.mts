import { probeVideo } from '../renderer/probe.mts';
import type { UploadedFile } from './readBody.mts';

/** A video in a request: its form, its type and its bytes. */
export interface InputVideo {
	how: 'data-uri' | 'url' | 'file' | 'job';
	/** Id of the earlier job, if the request refers to one. */
	jobId?: string;
	bytes: number;
	width: number;
	height: number;
	seconds: number;
	/** The bytes, or the path of the file. */
	source: Buffer | string;
}

const FETCH_TIMEOUT_MS = 10_000;

/** Reads a base64 data URI or fetches an http(s) URL. Rejects if it is not a video. */
export async function readVideoUrl(url: string): Promise<InputVideo> {
	const [, base64] = /^data:[^,]*;base64,(.*)$/s.exec(url) ?? [];
	if (base64 !== undefined) return await measure('data-uri', Buffer.from(base64, 'base64'));
	const response = await fetch(url, { signal: AbortSignal.timeout(FETCH_TIMEOUT_MS) });
	if (!response.ok) throw new Error(`The video URL answered ${response.status}`);
	return await measure('url', Buffer.from(await response.arrayBuffer()));
}

/** Reads an uploaded file part. Rejects if it is not a video. */
export async function readVideoFile({ data }: UploadedFile): Promise<InputVideo> {
	return await measure('file', data);
}

async function measure(how: InputVideo['how'], source: Buffer): Promise<InputVideo> {
	const { width, height, seconds } = await probeVideo(source);
	return { how, bytes: source.length, width, height, seconds, source };
}
