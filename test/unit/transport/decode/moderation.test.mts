import { failureOfJob } from '../../../../nodes/Lumenfall/transport/failureOfResponse';
import { decodeJob, MP4, SIGNED } from '../../../support/readJson.mts';

test.each<object>([
	{ code: 0, message: 'SUCCEED', data: { task_status: 'failed', task_status_msg: 'risk control' } },
	{ status: 'failed', error: 'Failed', moderation: { flagged: true, reason: 'violence' } },
	{ status: 'failed', moderation_result: { decision: 'reject', labels: ['A7'] } },
	{ status: 'failed', error: { message: 'Provider failed', cause: { message: 'NSFW content' } } },
	{ status: 'failed', error: { message: 'invalid', raw_message: 'blocked by safety system' } },
	{ tasks: [{ status: 'failed', error: { message: '内容违规' } }] },
	{ state: 'failed', err_code: 'TaskPromptPolicyViolation', creations: [] },
	{ status: 'FAILED: the content violates our guidelines', object: 'video' },
	{ status: 'failed', error: '451 {"error_code":"video_unsafe","message":"It appears unsafe."}' },
	{ done: true, response: { generateVideoResponse: { raiMediaFilteredCount: 1 } } },
	{ done: true, response: { raiMediaFilteredReasons: ['A person was shown.'] } },
	{ status: 'done', video: { url: '', respect_moderation: false, duration: 6 } },
	{ status: 'error', error: 'PUBLIC_ERROR_MINOR_UPLOAD' },
	{
		status: 'failed',
		error: {
			code: 400,
			message: 'Request contains an invalid argument.',
			details: [{ '@type': 'x.ErrorInfo', reason: 'PUBLIC_ERROR_PROMINENT_PEOPLE_UPLOAD' }],
		},
	},
	{ status: 'failed', error: 'Sorry, we could not create your video. Support codes: 29310472' },
	{ status: 'failed', video_url: '图片中包含未成年人，请重新上传' },
	{ status: 'completed', outputs: [], has_nsfw_contents: [true] },
	{ status: 'failed', error: { statusCode: 400, error: 'Bad Request', message: 'NSFW content' } },
	...['fail_reason', 'failure_reason', 'status_message', 'detail', 'msg'].map((name) => ({
		status: 'failed',
		[name]: 'The prompt violates our usage policies',
	})),
	{ status: 'failed', errors: [{ message: 'blocked by our moderation system' }] },
	{ status: 'failed', error: { error: { message: 'blocked by our moderation system' } } },
	{
		status: 'failed',
		error: { message: '{"error":{"code":"moderation_blocked","message":"No"}}' },
	},
])('%j is a moderation refusal, so no other model is paid for', (response) => {
	const job = decodeJob(response, { id: 'v' });
	expect(failureOfJob(job!).failure.kind).toBe('contentPolicy');
});

test('a file that moderation blocked is none, and one that it did not block is', () => {
	const blocked = { status: 'done', video: { respect_moderation: false } };
	expect(decodeJob(blocked, { id: 'v' })).toMatchObject({ phase: 'failed', status: 'failed' });
	// A URL at an unusual place does not prove the opposite.
	const placeholder = { ...blocked, extra: { video_url: SIGNED } };
	expect(decodeJob(placeholder, { id: 'v' })).toMatchObject({ phase: 'failed' });
	const passed = { status: 'done', video: { url: MP4, respect_moderation: true } };
	expect(decodeJob(passed, { id: 'v' })).toMatchObject({ phase: 'completed', url: MP4 });
});
