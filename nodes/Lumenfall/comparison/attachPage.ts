import type { IBinaryData, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { ModelCard } from './card';
import { marksOf, readMetrics } from './metrics';
import { comparisonPage } from './page';
import { counted } from '../errors/message';
import { failureFrom } from '../errors/nodeError';
import { slugOfPrompt } from '../media/fileName';
import { hint } from '../output/showHint';
import type { VideoRequest } from '../request/videoRequest';
import type { ImageRole } from '../request/requested';
import { createQueue } from '../support/inTurn';

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

/** One model of a comparison with its output item. */
export interface ComparedItem {
	model: string;
	item: INodeExecutionData;
}

/**
 * Adds the page of a comparison to its first item. The videos are finished and paid for, so an error with the page is
 * only logged and shown as a hint.
 */
export async function attachPage(
	execution: IExecuteFunctions,
	compared: ComparedItem[],
	request: ComparedRequest,
	field: string,
): Promise<void> {
	const [{ item }] = compared;
	await oneAtATime(async () => {
		item.binary = { ...item.binary, [field]: await makePage(execution, compared, request) };
	}).catch((error: unknown) => {
		const message = `The comparison page could not be created: ${failureFrom(error).message}`;
		execution.logger.warn(message);
		hint(execution, message, 'warning');
	});
}

async function makePage(
	execution: IExecuteFunctions,
	compared: ComparedItem[],
	request: ComparedRequest,
): Promise<IBinaryData> {
	const metrics = compared.map(({ item }) => readMetrics(item.json));
	const marks = marksOf(metrics);
	const models: ModelCard[] = [];
	let room = MAX_EMBEDDED_BYTES;
	for (const [index, { model, item }] of compared.entries()) {
		const file = Object.values(item.binary ?? {}).at(0);
		const bytes = metrics[index].file?.bytes ?? Number.POSITIVE_INFINITY;
		const fits = file !== undefined && bytes <= room;
		if (fits) room -= bytes;
		models.push({
			model,
			metrics: metrics[index],
			marks: marks[index],
			...(fits && { embedded: { mimeType: file.mimeType, base64: await read(execution, file) } }),
		});
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
async function read({ helpers }: IExecuteFunctions, { id, data }: IBinaryData): Promise<string> {
	if (!id) return data;
	const bytes = await helpers.binaryToBuffer(await helpers.getBinaryStream(id));
	return bytes.toString('base64');
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
