import fc from 'fast-check';
import { responseOf } from '../../support/response.mts';

const withHeaders = (headers: Record<string, string>) => responseOf(200, {}, headers);

test("a slow response makes the range of the server's clock wider, and never wrong", () => {
	const sentAt = Date.parse('2026-11-23T10:00:00.400Z');
	fc.assert(
		fc.property(
			fc.integer({ min: -86_400_000, max: 86_400_000 }),
			fc.integer({ min: 0, max: 60_000 }),
			fc.integer({ min: 0, max: 60_000 }),
			(leadMs, thereMs, backMs) => {
				const date = new Date(sentAt + thereMs + leadMs).toUTCString();
				const receivedAt = sentAt + thereMs + backMs;
				const { leastMs, mostMs } = withHeaders({ date }).clockLead({ sentAt, receivedAt });
				expect(leastMs).toBeLessThanOrEqual(leadMs);
				expect(mostMs).toBeGreaterThanOrEqual(leadMs);
				expect(mostMs - leastMs).toBe(thereMs + backMs + 999);
			},
		),
	);
	const sameTime = { sentAt, receivedAt: sentAt };
	expect(withHeaders({}).clockLead(sameTime)).toEqual({ leastMs: 0, mostMs: 0 });
});

test('the hint for the next status check is read from either header, and an invalid value is ignored', () => {
	expect(withHeaders({ 'openai-poll-after-ms': '2500' }).pollHint).toEqual({ hintMs: 2_500 });
	expect(withHeaders({ 'retry-after': '3' }).pollHint).toEqual({ hintMs: 3_000 });
	expect(
		withHeaders({ 'retry-after': new Date(Date.now() + 60_000).toUTCString() }).pollHint.hintMs,
	).toBeGreaterThan(55_000);
	expect(withHeaders({ 'retry-after': new Date(0).toUTCString() }).pollHint).toEqual({ hintMs: 0 });
	expect(withHeaders({ 'retry-after': '3', 'retry-after-ms': '2600' }).pollHint.hintMs).toBe(2_600);
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
	for (const headers of nonsense) expect(withHeaders(headers).pollHint).toEqual({});
});
