import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';
import type { ModelCard } from './card';
import { comparisonPage } from './page';
import { counted } from '../errors/message';
import { failureFrom } from '../errors/nodeError';
import { slugOfPrompt } from '../media/fileName';
import { hint } from '../output/showHint';
import type { VideoRequest } from '../request/videoRequest';
import type { ImageRole } from '../request/requirements';
import { createQueue } from '../support/queue';
import { resultOf } from '../support/result';

/**
 * Maximum bytes of video embedded in one page. Further videos are linked. The page is about a third larger than its
 * videos. Creating it briefly needs up to five times their size in memory, as text and as bytes.
 */
const MAX_EMBEDDED_BYTES = 48 * 1024 * 1024;

/** Pages are large, so they are created one at a time, also across items and executions. */
const oneAtATime = createQueue();

/** What was requested of every model. */
export interface ComparedRequest
	extends Pick<
		VideoRequest,
		'prompt' | 'seconds' | 'aspectRatio' | 'resolution' | 'size' | 'audio'
	> {
	/** The roles of the images. */
	roles: ImageRole[];
}

/** One model of a comparison, and its video. */
export interface ComparedVideo extends Omit<ModelCard, 'embedded'> {
	/** The stored file, and its size. Absent if only the URL is requested, or if there is no video. */
	file?: { binary: IBinaryData; bytes: number };
}

/**
 * Stores the page of a comparison in n8n. The videos are finished and paid for, so an error with the page is only logged
 * and shown as a hint.
 */
export async function storePage(
	execution: IExecuteFunctions,
	videos: ComparedVideo[],
	request: ComparedRequest,
): Promise<IBinaryData | undefined> {
	const stored = await resultOf(oneAtATime(async () => await makePage(execution, videos, request)));
	if (stored.ok) return stored.value;
	const message = `The comparison page could not be created: ${failureFrom(stored.error).message}`;
	execution.logger.warn(message);
	hint(execution, message, 'warning');
	return undefined;
}

async function makePage(
	execution: IExecuteFunctions,
	videos: ComparedVideo[],
	request: ComparedRequest,
): Promise<IBinaryData> {
	const models: ModelCard[] = [];
	let room = MAX_EMBEDDED_BYTES;
	for (const { model, metrics, marks, file } of videos) {
		const fits = file !== undefined && file.bytes <= room;
		if (fits) room -= file.bytes;
		const embedded = fits ? await embed(execution, file.binary) : undefined;
		models.push({ model, metrics, marks, embedded });
	}
	const page = comparisonPage({
		prompt: request.prompt,
		settings: settingsInWords(request),
		models,
		madeAt: new Date().toISOString(),
	});
	const fileName = ['comparison', slugOfPrompt(request.prompt)].filter(Boolean).join('-');
	return await execution.helpers.prepareBinaryData(
		Buffer.from(page),
		`${fileName}.html`,
		'text/html',
	);
}

/** A file in n8n's store has an id; one in memory carries its own base64. */
async function embed(
	{ helpers }: IExecuteFunctions,
	{ id, data, mimeType }: IBinaryData,
): Promise<ModelCard['embedded']> {
	if (!id) return { mimeType, base64: data };
	const bytes = await helpers.binaryToBuffer(await helpers.getBinaryStream(id));
	return { mimeType, base64: bytes.toString('base64') };
}

function settingsInWords({
	seconds,
	aspectRatio,
	resolution,
	size,
	audio,
	roles,
}: ComparedRequest): string[] {
	const references = roles.filter((role) => role === 'reference').length;
	const words = [
		`${seconds} s`,
		size ?? aspectRatio,
		size ? undefined : resolution,
		audio === undefined ? undefined : audio ? 'with sound' : 'without sound',
		roles.includes('first') ? 'starts with an image' : undefined,
		roles.includes('last') ? 'ends with an image' : undefined,
		references > 0 ? counted(references, 'reference image') : undefined,
	];
	return words.filter((word) => word !== undefined);
}
