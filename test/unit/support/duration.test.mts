import { durationText, roundSeconds } from '../../../nodes/Lumenfall/support/duration';

test.each([
	[0.4, '0 seconds'],
	[90, '90 seconds'],
	[119.6, '120 seconds'],
	[120, '2 minutes'],
	[7199, '120 minutes'],
	[7200, '2 hours'],
	[9000, '2.5 hours'],
	[86_400, '24 hours'],
])('%s seconds read as "%s" in a message', (seconds, text) => {
	expect(durationText(seconds)).toBe(text);
});

test('lengths are rounded to milliseconds', () => {
	expect(roundSeconds(4.0004)).toBe(4);
	expect(roundSeconds(4.0416666)).toBe(4.042);
});
