import {
	formatBytes,
	formatMoney,
	formatSeconds,
	formatTime,
} from '../../../nodes/Lumenfall/comparison/format';

test.each([
	[0.8, 'USD', '0.80 USD'],
	[0, 'USD', '0.00 USD'],
	[0.084, 'USD', '0.084 USD'],
	[0.0952380952, 'USD', '0.0952 USD'],
	[0.02, 'USD', '0.02 USD'],
	[12.5, undefined, '12.50'],
])('%d %s is %s', (amount, currency, words) => {
	expect(formatMoney(amount, currency)).toBe(words);
});

test.each([
	[0, '0 s'],
	[4.04, '4 s'],
	[59.94, '59.9 s'],
	[59.96, '1 min 0 s'],
	[61.2, '1 min 1 s'],
	[119.7, '2 min 0 s'],
])('%d seconds are %s', (seconds, words) => {
	expect(formatSeconds(seconds)).toBe(words);
});

test('sizes and times are readable', () => {
	expect(formatBytes(361_614)).toBe('362 kB');
	expect(formatBytes(7_340_032)).toBe('7.3 MB');
	expect(formatTime('2026-11-23T10:00:59.123Z')).toBe('2026-11-23, 10:00 UTC');
	expect(formatTime('soon')).toBe('soon');
});
