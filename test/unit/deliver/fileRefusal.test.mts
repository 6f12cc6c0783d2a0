import { refusalOfFile } from '../../../nodes/Lumenfall/deliver/fileRefusal';
import { isRetryable } from '../../../nodes/Lumenfall/transport/retry';

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
])('HTTP %i instead of the file (by the API: %s, job %j) means %s', (...row) => {
	const [statusCode, isOwn, change, kind] = row;
	const job = { id: 'video_1', phase: 'completed', status: 'completed', ...change } as const;
	const refusal = { statusCode, headers: {}, body: undefined };
	const { failure } = refusalOfFile(refusal, isOwn, { job, variant: 'video' });
	expect([failure.kind, failure.videoId]).toEqual([kind, 'video_1']);
});

test.each([FILE_HOST, API])(
	'a file that is not there yet is requested again (API: %s)',
	(isOwn) => {
		const job = { id: 'video_1', phase: 'completed', status: 'completed' } as const;
		const refusal = { statusCode: 404, headers: {}, body: undefined };
		expect(isRetryable(refusalOfFile(refusal, isOwn, { job, variant: 'video' }))).toBe(true);
	},
);
