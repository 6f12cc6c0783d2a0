import { randomUUID } from 'node:crypto';
import { plainError } from '../apiError.mts';
import type { ReceivedBody } from '../body.mts';
import { tellFailure } from '../failures.mts';
import type { Job, JobOrder } from '../jobs.mts';
import type { Dialect, World } from '../world.mts';
import { readFreeOrder } from './freeOrder.mts';
import { coarseProgress, failureWords, formatVideo, statusWord } from './openaiWire.mts';
import { abort, registerModels, registerVideos } from './videosRoutes.mts';

/**
 * SGLang diffusion in the older form that breaks more clients; section 4.1 of the OpenAI reference
 * page. Beyond it: the form of ids, the length when none is given, and that validation, too, answers
 * with a sentence in `detail`.
 */
export const sglang: Dialect = {
	basePath: '/v1',
	newId: randomUUID,
	register(api, world) {
		registerVideos(api, world, '/v1', {
			readOrder,
			formatVideo: formatSglangVideo,
			list: { cursors: false },
			content: {
				notReady: () => plainError(404, 'Generation is still in-progress'),
				prepare() {
					if (world.cloudUrl) throw plainError(400, 'use the cloud URL');
				},
			},
			remove(job) {
				abort(job, world);
				return { ...formatSglangVideo(job, world), status: 'deleted' };
			},
			unknownVideo: () => plainError(404, 'Video not found'),
		});
		registerModels(api, '/v1');
	},
	errorBody: ({ message }) => ({ detail: message }),
	unauthorized: () => plainError(401),
	unknownPath: () => plainError(404),
	faultError: plainError,
};

async function readOrder(body: ReceivedBody): Promise<JobOrder> {
	const { encoding, files } = body;
	const fields = { ...body.fields, ...(body.fields.extra_body as object | undefined) };
	const isReferred = files.length > 0 || fields.reference_url !== undefined;
	if (encoding === 'multipart' && !isReferred) {
		throw plainError(400, 'input_reference file is required');
	}
	// The page knows JSON for text only; taking a picture there could hide a client's mistake.
	if (fields.input_reference !== undefined) {
		throw plainError(400, 'input_reference must be uploaded as a file');
	}
	const order = await readFreeOrder(
		{ ...body, fields },
		{
			// Unset models are reported under this name.
			defaultModel: 'sora-2',
			pictureField: 'reference_url',
			secondsProblem: (seconds) =>
				Number.isInteger(seconds) ? undefined : 'seconds must be an integer',
		},
	);
	return { ...order, body: body.fields };
}

function formatSglangVideo(job: Job, world: World) {
	const { output, seconds } = job;
	const failure = tellFailure(job.failure, failureWords);
	return {
		...formatVideo(job, world),
		status: statusWord(job, { in_progress: 'queued' }),
		progress: coarseProgress(job),
		seconds,
		error: failure && { message: failure.message },
		...(world.cloudUrl && { url: output?.url ?? null }),
	};
}
