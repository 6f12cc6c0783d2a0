import {
	failureOfCreate,
	readCreateResponse,
} from '../../nodes/Lumenfall/transport/createResponse';
import { REQUEST } from './createStage.mts';
import { responseOf } from './response.mts';

/** The first try of a create, without an idempotency key. */
export const FIRST = { isRepeatable: false, isRepeat: false };

/** The base of the URLs of a server. */
export const BASE = 'https://api.example.com/v1';

/** Returns an error in OpenAI's format. */
export const openAi = (
	message: string,
	code: string | null = null,
	type = 'invalid_request_error',
) => ({
	error: { message, type, param: null, code },
});

/** Returns the failure of a create that was sent as a form, for a response without a job. */
export function refusedCreate(statusCode: number, body: unknown) {
	const response = responseOf(statusCode, body);
	const read = readCreateResponse(response, BASE, new FormData());
	if (read.outcome === 'created') throw new Error(`it created ${read.job.id}`);
	return failureOfCreate(response, read, REQUEST).failure;
}
