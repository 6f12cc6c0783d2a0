import type { FailureKind } from '../../../nodes/Lumenfall/errors/failure';
import { refusalOfFile } from '../../../nodes/Lumenfall/deliver/fileRefusal';
import { isRetryable } from '../../../nodes/Lumenfall/transport/retry';
import { responseOf } from '../../support/response.mts';

const API = true;
const FILE_HOST = false;

test.each([
	[404, FILE_HOST, {}, 'fileExpired'],
	[410, FILE_HOST, {}, 'fileExpired'],
	[404, API, {}, 'noFile'],
	[404, API, { expiresAt: 1 }, 'fileExpired'],
	[410, API, {}, 'fileExpired'],
	[401, API, {}, 'invalidApiKey'],
	[401, FILE_HOST, {}, 'downloadFailed'],
	[403, FILE_HOST, {}, 'downloadFailed'],
	[402, API, {}, 'insufficientBalance'],
	[409, API, {}, 'notReady'],
	[429, FILE_HOST, {}, 'rateLimited'],
	[503, FILE_HOST, {}, 'serverUnavailable'],
	[400, FILE_HOST, {}, 'downloadFailed'],
	[451, FILE_HOST, {}, 'downloadFailed'],
	[400, API, {}, 'noFile'],
])('HTTP %i instead of the file (by the API: %s, job %j) means %s', (...row) => {
	const [statusCode, isOwn, change, kind] = row;
	const job = { id: 'video_1', phase: 'completed', status: 'completed', ...change } as const;
	const refusal = responseOf(statusCode);
	const { failure } = refusalOfFile(refusal, isOwn, { job, variant: 'video' });
	expect([failure.kind, failure.videoId]).toEqual([kind, 'video_1']);
});

test('a file host that refuses a file does not know the API key, so the error is not about the key', () => {
	const job = { id: 'video_1', phase: 'completed', status: 'completed' } as const;
	for (const statusCode of [401, 403]) {
		const refusal = responseOf(statusCode);
		const { failure } = refusalOfFile(refusal, FILE_HOST, { job, variant: 'video' });
		expect(failure.message).toMatch(/the file host refused it \(HTTP 40[13]\)/);
		expect(`${failure.message} ${failure.advice}`).not.toMatch(/API key/);
	}
});

test.each<[number, string, boolean, FailureKind]>([
	...[
		...['Video generation is still running', 'Video not available yet', 'video is processing'],
		...['Task is not completed yet', 'The video is still being rendered', 'is being uploaded'],
		...['Video is queued', 'The job is still pending'],
	].map((words): [number, string, boolean, FailureKind] => [400, words, API, 'notReady']),
	[404, 'Video not available yet', API, 'notReady'],
	[404, 'The video file was purged after 24 hours', API, 'fileExpired'],
	[404, 'This file no longer exists', API, 'fileExpired'],
	[404, '文件已过期', API, 'fileExpired'],
	[400, '<Error><Code>ExpiredToken</Code></Error>', FILE_HOST, 'fileExpired'],
	[403, '<Error><Message>Request has expired</Message></Error>', FILE_HOST, 'fileExpired'],
	[403, '<Error><Message>Access Denied</Message></Error>', FILE_HOST, 'downloadFailed'],
	[404, 'The video was removed. Use another endpoint', API, 'fileExpired'],
	[404, 'Already deleted', API, 'fileExpired'],
	[404, 'This endpoint was removed, use url', API, 'noFile'],
	[404, 'The route /v1/videos/{id}/content has been removed', API, 'noFile'],
	[404, 'The video content API is no longer available', API, 'noFile'],
	[404, 'This video has no content', API, 'noFile'],
	[404, 'Not found', API, 'noFile'],
	[400, 'Unsupported variant', API, 'noFile'],
])(
	'HTTP %i with %j instead of the file (by the API: %s) means %s',
	(statusCode, body, isOwn, kind) => {
		const job = { id: 'video_1', phase: 'completed', status: 'completed' } as const;
		const refusal = responseOf(statusCode, body);
		expect(refusalOfFile(refusal, isOwn, { job, variant: 'video' }).failure.kind).toBe(kind);
	},
);

test.each([FILE_HOST, API])(
	'a file that is not there yet is requested again (API: %s)',
	(isOwn) => {
		const job = { id: 'video_1', phase: 'completed', status: 'completed' } as const;
		const refusal = responseOf(404);
		expect(isRetryable(refusalOfFile(refusal, isOwn, { job, variant: 'video' }))).toBe(true);
	},
);
