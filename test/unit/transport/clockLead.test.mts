import fc from 'fast-check';
import { clockLead } from '../../../nodes/Lumenfall/transport/clockLead';

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
				const { leastMs, mostMs } = clockLead({ headers: { date } }, { sentAt, receivedAt });
				expect(leastMs).toBeLessThanOrEqual(leadMs);
				expect(mostMs).toBeGreaterThanOrEqual(leadMs);
				expect(mostMs - leastMs).toBe(thereMs + backMs + 999);
			},
		),
	);
	const sameTime = { sentAt, receivedAt: sentAt };
	expect(clockLead({ headers: {} }, sameTime)).toEqual({ leastMs: 0, mostMs: 0 });
});
