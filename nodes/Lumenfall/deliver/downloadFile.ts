import { jsonParse, type IBinaryData, type IExecuteFunctions } from 'n8n-workflow';
import { fail } from '../errors/messages';
import type { FailureError } from '../errors/failure';
import type { Job } from '../job/job';
import { fileNameOf } from '../media/fileName';
import { describeFile, imageTypeOf, SIGNATURE_BYTES, videoTypeOf } from '../media/fileType';
import { Mp4Reader, type VideoMetadata } from '../media/mp4Metadata';
import type { VideoApi } from '../transport/videoApi';
import {
	networkReason,
	openWithKey,
	openWithoutKey,
	type ByteStream,
	type HttpResponse,
} from '../transport/http';

/** The video itself, or a picture of it. */
export type FileVariant = 'video' | 'thumbnail' | 'spritesheet';

export interface FileRequest {
	variant: FileVariant;
	/** The name the user typed. */
	fileName?: string;
	prompt?: string;
}

export interface DownloadedFile {
	binary: IBinaryData;
	bytes: number;
	/** Empty for a picture. */
	facts: VideoMetadata;
}

/** Content routes that do not exist or cannot serve this job: the job's own address may still work. */
const TRY_NEXT_SOURCE = [400, 404, 405, 409, 501];
/** An error page is read only so far. */
const MAX_PAGE_BYTES = 64 * 1024;

/**
 * Streams the file of a finished job into n8n's binary store, once. What arrives is checked to be what was asked for
 * and to be whole.
 * @throws FailureError `downloadFailed`, `fileExpired`, `notReady`, `noFile`, `noVariant`, `network`; never one that
 * asks for a new video
 */
export async function downloadFile(
	host: IExecuteFunctions,
	api: VideoApi,
	job: Job,
	{ variant, fileName, prompt }: FileRequest,
): Promise<DownloadedFile> {
	const videoId = job.id;
	const { body, headers } = await openFile(host, api, job, variant);
	const start = await firstBytes(body).catch(brokenOff(videoId));
	const type = variant === 'video' ? videoTypeOf(start) : imageTypeOf(start);
	if (!type) {
		body.destroy();
		throw fail('downloadFailed', { videoId, cause: `the server sent ${describeFile(start)}` });
	}

	const reader = new Mp4Reader();
	let bytes = 0;
	// Looks at each piece on its way, so that no video is held in memory or read twice.
	const inspected = body.map((chunk: Buffer) => {
		bytes += chunk.length;
		reader.push(chunk);
		return chunk;
	});
	const name = fileNameOf({ type, id: job.id, prompt, typed: fileName, variant });
	const binary = await host.helpers
		.prepareBinaryData(inspected, name, type)
		.catch((error: unknown) => {
			body.destroy();
			return brokenOff(videoId)(error);
		});

	const announced = Number(
		headers['content-length'] ?? (variant === 'video' ? job.bytes : undefined) ?? bytes,
	);
	if (bytes !== announced) {
		throw fail('downloadFailed', { videoId, cause: `only ${bytes} of ${announced} bytes arrived` });
	}
	return { binary, bytes, facts: reader.facts() };
}

async function openFile(
	host: IExecuteFunctions,
	api: VideoApi,
	job: Job,
	variant: FileVariant,
): Promise<HttpResponse<ByteStream>> {
	const about = { videoId: job.id, ...(variant !== 'video' && { variant }) };
	let refusal: FailureError | undefined;
	for (const source of api.dialect.fileSources) {
		// The address in the job is the video's; its pictures exist behind the content route only.
		if (source === 'url' && (!job.url || variant !== 'video')) continue;
		const answer =
			source === 'url'
				? await openWithoutKey(host, job.url!)
				: await openContent(host, api.contentUrl(job.id, variant));
		if (answer.statusCode === 200) return answer;

		const body = await readPage(answer.body).catch(() => '');
		refusal = api.refusalOf({ ...answer, body }, source === 'url' ? 'link' : 'file', about);
		if (!TRY_NEXT_SOURCE.includes(answer.statusCode)) throw refusal;
	}
	if (variant === 'video') throw refusal ?? fail('noFile', { ...about, status: job.status });
	throw fail('noVariant', { ...refusal?.failure, ...about });
}

/** The content route needs the key, but may redirect to a storage host, and that must never see it. */
async function openContent(
	host: IExecuteFunctions,
	url: string,
): Promise<HttpResponse<ByteStream>> {
	const answer = await openWithKey(host, url);
	const { location } = answer.headers;
	const isRedirect = answer.statusCode >= 300 && answer.statusCode <= 399;
	if (!isRedirect || typeof location !== 'string' || !URL.canParse(location, url)) return answer;

	answer.body.destroy();
	return await openWithoutKey(host, new URL(location, url).href);
}

/** Takes enough bytes from the front to tell the type, and puts them back. */
async function firstBytes(body: ByteStream): Promise<Buffer> {
	const taken: Buffer[] = [];
	let bytes = 0;
	while (bytes < SIGNATURE_BYTES) {
		const chunk = body.read() as Buffer | null;
		if (chunk) {
			taken.push(chunk);
			bytes += chunk.length;
		} else if (body.readableEnded || body.destroyed) {
			return Buffer.concat(taken);
		} else {
			await change(body);
		}
	}
	body.unshift(Buffer.concat(taken));
	return Buffer.concat(taken);
}

async function change(body: ByteStream): Promise<void> {
	await new Promise<void>((resolve, reject) => {
		body
			.once('readable', resolve)
			.once('end', resolve)
			.once('error', reject)
			.once('close', resolve);
	});
	if (body.errored) throw body.errored;
}

async function readPage(body: ByteStream): Promise<unknown> {
	const parts: Buffer[] = [];
	let bytes = 0;
	for await (const chunk of body as AsyncIterable<Buffer>) {
		parts.push(chunk);
		bytes += chunk.length;
		if (bytes >= MAX_PAGE_BYTES) break;
	}
	const text = Buffer.concat(parts).toString('utf8');
	return jsonParse<unknown>(text, { fallbackValue: text });
}

function brokenOff(videoId: string): (error: unknown) => never {
	return (error) => {
		throw fail('downloadFailed', { videoId, cause: networkReason(error) });
	};
}
