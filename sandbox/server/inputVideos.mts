import { probeVideo } from '../renderer/probe.mts';
import type { UploadedFile } from './readBody.mts';

/** A video given with a request: how it came, what it is, and where its bytes are. */
export interface InputVideo {
	how: 'data-uri' | 'url' | 'file' | 'job';
	/** Of the earlier job, where the request names one. */
	jobId?: string;
	bytes: number;
	width: number;
	height: number;
	seconds: number;
	/** The bytes themselves, or the path of the file. */
	source: Buffer | string;
}

const fetchTimeoutMs = 10_000;

/** Reads a base64 data URI or fetches an http(s) URL; rejects when it is no video. */
export async function readVideoUrl(url: string): Promise<InputVideo> {
	const [, base64] = /^data:[^,]*;base64,(.*)$/s.exec(url) ?? [];
	if (base64 !== undefined) return await measure('data-uri', Buffer.from(base64, 'base64'));
	const response = await fetch(url, { signal: AbortSignal.timeout(fetchTimeoutMs) });
	if (!response.ok) throw new Error(`The video URL answered ${response.status}`);
	return await measure('url', Buffer.from(await response.arrayBuffer()));
}

/** Reads an uploaded file part; rejects when it is no video. */
export async function readVideoFile({ data }: UploadedFile): Promise<InputVideo> {
	return await measure('file', data);
}

async function measure(how: InputVideo['how'], source: Buffer): Promise<InputVideo> {
	const { width, height, seconds } = await probeVideo(source);
	return { how, bytes: source.length, width, height, seconds, source };
}
