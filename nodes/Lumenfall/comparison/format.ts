/** Formats of the values on the page. */

/** Formats a value. One that is not known stays undefined, and the page leaves it out. */
export function formatKnown<Value>(
	value: Value | undefined,
	format: (value: Value) => string,
): string | undefined {
	return value === undefined ? undefined : format(value);
}

export function formatSeconds(seconds: number): string {
	const short = rounded(seconds, 1);
	if (short < 60) return `${short} s`;
	const whole = Math.round(seconds);
	return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/** Returns an amount with two decimal places. One below 0.10 has up to four. */
export function formatMoney(amount: number, currency = ''): string {
	const digits = amount > 0 && amount < 0.1 ? 4 : 2;
	const figure = amount.toFixed(digits).replace(/(\.\d\d\d*?)0+$/, '$1');
	return `${figure} ${currency}`.trim();
}

export function formatBytes(bytes: number): string {
	return bytes < 1_000_000
		? `${rounded(bytes / 1000, 0)} kB`
		: `${rounded(bytes / 1_000_000, 1)} MB`;
}

/** Returns `2026-11-23T10:00:00.000Z` as `2026-11-23, 10:00 UTC`. */
export function formatTime(iso: string): string {
	return iso.replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d).*Z$/, '$1, $2 UTC');
}

export function formatCount(count: number, thing: string): string {
	return `${count} ${thing}${count === 1 ? '' : 's'}`;
}

function rounded(value: number, digits: number): number {
	return Number(value.toFixed(digits));
}
