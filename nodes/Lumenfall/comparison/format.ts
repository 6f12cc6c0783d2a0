import { formatAmount } from '../support/usd';

/** Formats of the values on the page. */

/** Formats a value. One that is not known stays undefined, and the page leaves it out. */
export function formatKnown<Value>(
	value: Value | undefined,
	format: (value: Value) => string,
): string | undefined {
	return value === undefined ? undefined : format(value);
}

/** Returns a duration as `4.2 s`, or from a minute on as `1 min 8 s`. */
export function formatSeconds(seconds: number): string {
	const short = rounded(seconds, 1);
	if (short < 60) return `${short} s`;
	const whole = Math.round(seconds);
	return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/** Returns an amount with two decimal places. One below 0.10 has up to four. */
export function formatMoney(amount: number, currency = ''): string {
	const figure = formatAmount(amount, amount > 0 && amount < 0.1 ? 4 : 2);
	return `${figure} ${currency}`.trim();
}

/** Returns a size as `840 kB` or `7.3 MB`. */
export function formatBytes(bytes: number): string {
	return bytes < 1_000_000
		? `${rounded(bytes / 1000, 0)} kB`
		: `${rounded(bytes / 1_000_000, 1)} MB`;
}

/** Returns `2026-11-23T10:00:00.000Z` as `2026-11-23, 10:00 UTC`. */
export function formatTime(iso: string): string {
	return iso.replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d).*Z$/, '$1, $2 UTC');
}

function rounded(value: number, digits: number): number {
	return Number(value.toFixed(digits));
}
