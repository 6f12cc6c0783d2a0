import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { withFacts } from '../errors/catalogue';
import { failureOf } from '../errors/failure';
import type { Job } from '../job/job';
import { videoFileName } from '../media/fileName';
import { downloadVideo, type VideoFile } from '../transport/download';
import { withRetry } from '../transport/retry';
import type { ActionContext } from './action';
import { retryDoors } from './doors';
import type { Timing } from './waitForVideo';

/** What is known besides what the server said. */
export interface Known {
	prompt?: string;
	model?: string;
	seconds?: number;
	timing?: Timing;
}

/** The item of a job without its file: design of the output, see README 'Output'. */
export function toItem(
	{ itemIndex }: ActionContext,
	job: Job,
	known: Known = {},
): INodeExecutionData {
	return { json: describeJob(job, known), pairedItem: { item: itemIndex } };
}

/** Fetches the file of a finished job and makes the item that carries both. */
export async function toItemWithFile(
	context: ActionContext,
	job: Job,
	target: { field: string; fileName?: string },
	known: Known = {},
): Promise<INodeExecutionData> {
	const { file, job: current } = await fetchFile(
		context,
		job,
		target.fileName,
		known.prompt ?? job.prompt,
	);
	const { width, height, seconds, hasAudio } = file.facts;
	const json = describeJob(current, known, {
		...(seconds !== undefined && { seconds }),
		...(width && height && { width, height }),
		...(hasAudio !== undefined && { hasAudio }),
		file: { name: file.binary.fileName, mimeType: file.binary.mimeType, bytes: file.bytes },
	});
	return { json, binary: { [target.field]: file.binary }, pairedItem: { item: context.itemIndex } };
}

/** The download is repeated by itself; the video is never made again. An address that went stale is asked for anew. */
async function fetchFile(
	{ execution, api, signal }: ActionContext,
	job: Job,
	typedName?: string,
	prompt?: string,
): Promise<{ file: VideoFile; job: Job }> {
	const fetch = async (from: Job) =>
		await withRetry(
			async () =>
				await downloadVideo(execution, api, from, (type) =>
					videoFileName(type, from.id, prompt, typedName),
				),
			retryDoors(signal),
		);

	return await fetch(job)
		.then((file) => ({ file, job }))
		.catch(async (error: unknown) => {
			signal.throwIfAborted();
			const fresh =
				failureOf(error)?.kind === 'fileExpired' ? (await api.getVideo(job.id)).job : job;
			if (!fresh.url || fresh.url === job.url) throw error;
			return { file: await fetch(fresh), job: fresh };
		})
		.catch((error: unknown) => {
			throw withFacts(error, { videoId: job.id });
		});
}

function describeJob(job: Job, known: Known, measured: IDataObject = {}): IDataObject {
	const [, width, height] = /^(\d+)x(\d+)$/.exec(job.size ?? '') ?? [];
	const facts: IDataObject = {
		id: job.id,
		status: job.status,
		model: job.model ?? known.model,
		provider: job.provider,
		prompt: job.prompt ?? known.prompt,
		seconds: job.seconds ?? known.seconds,
		// Before the file is there, the size asked for is the best known one; Lumenfall's may be a ratio.
		width: width && Number(width),
		height: height && Number(height),
		progress: job.phase === 'completed' ? undefined : job.progress,
		createdAt: isoTime(job.createdAt),
		completedAt: isoTime(job.completedAt),
		expiresAt: isoTime(job.expiresAt),
		url: job.url,
		cost: job.cost,
		estimatedCost: job.cost === undefined ? job.estimatedCost : undefined,
		currency: job.currency,
		// Not called 'error': n8n would take the item for a failed one and run the node again.
		failure: job.phase === 'failed' ? job.error : undefined,
		...measured,
		timing: known.timing && { ...known.timing },
	};
	return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
}

function isoTime(milliseconds: number | undefined): string | undefined {
	return milliseconds === undefined ? undefined : new Date(milliseconds).toISOString();
}
