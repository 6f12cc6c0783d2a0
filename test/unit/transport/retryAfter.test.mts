import { pollHint } from '../../../nodes/Lumenfall/transport/retryAfter';

const response = (headers: Record<string, string>) => ({ statusCode: 200, headers, body: {} });

test('the hint for the next status check is read from either header, and an invalid value is ignored', () => {
	expect(pollHint(response({ 'openai-poll-after-ms': '2500' }))).toEqual({ hintMs: 2_500 });
	expect(pollHint(response({ 'retry-after': '3' }))).toEqual({ hintMs: 3_000 });
	expect(
		pollHint(response({ 'retry-after': new Date(Date.now() + 60_000).toUTCString() })).hintMs,
	).toBeGreaterThan(55_000);
	expect(pollHint(response({ 'retry-after': new Date(0).toUTCString() }))).toEqual({ hintMs: 0 });
	expect(pollHint(response({ 'retry-after': '3', 'retry-after-ms': '2600' })).hintMs).toBe(2_600);
	const nonsense: Array<Record<string, string>> = [
		{},
		{ 'retry-after': 'soon' },
		{ 'openai-poll-after-ms': '-1' },
		{ 'retry-after-ms': 'soon' },
		{ 'retry-after': '-5' },
		{ 'retry-after': '5, 10' },
		{ 'retry-after': '1e9' },
		{ 'retry-after-ms': '' },
		{ 'openai-poll-after-ms': '5000ms' },
	];
	for (const headers of nonsense) expect(pollHint(response(headers))).toEqual({});
});
