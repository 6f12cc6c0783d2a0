import type { IExecuteFunctions } from 'n8n-workflow';
import { serverErrors } from '../../../nodes/Lumenfall/errors/serverErrors';
import { createErrors } from '../../../nodes/Lumenfall/create/createErrors';
import {
	statusOfFailure,
	supportsDetails,
	toFailedItem,
} from '../../../nodes/Lumenfall/output/failedItem';

const { failure } = serverErrors.providerFailed({
	videoId: 'video_1',
	httpStatus: 502,
	nothingMade: true,
});

test('a failed item has exactly the three keys that n8n routes to the error branch', () => {
	const item = toFailedItem(failure, 2);
	expect(item).toEqual({
		json: {
			error: failure.message,
			message: failure.advice,
			details: { kind: 'providerFailed', videoId: 'video_1', httpStatus: 502 },
		},
		pairedItem: { item: 2 },
	});
});

test('if n8n does not support details, the texts still contain the id', () => {
	const { json } = toFailedItem(failure, 0, false);
	expect(Object.keys(json)).toEqual(['error', 'message']);
	expect(`${json.error} ${json.message}`).toContain('video_1');
});

test.each([
	[
		'the status of the video',
		serverErrors.providerFailed({ videoId: 'v1', status: 'dead' }),
		'dead',
	],
	[
		'not that of a failed video if it exists',
		serverErrors.invalidApiKey({ videoId: 'v1' }),
		'unknown',
	],
	['not that of a failed video if it may exist', createErrors.outcomeUnknown(), 'unknown'],
	['failed, if nothing was made', serverErrors.invalidApiKey(), 'failed'],
])('the status of a scene or a model without a video is %s', (_, error, status) => {
	expect(statusOfFailure(error.failure)).toBe(status);
});

test.each([
	['continueErrorOutput', {}, false],
	['continueErrorOutput', { onExecutionFinish: () => {} }, true],
	['continueRegularOutput', {}, true],
	['stopWorkflow', {}, true],
])('with %s and %j, a failed item contains details: %s', (onError, extras, expected) => {
	const execution = { getNode: () => ({ onError }), ...extras } as unknown as IExecuteFunctions;
	expect(supportsDetails(execution)).toBe(expected);
});
