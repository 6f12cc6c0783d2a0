/** Facts in the words of the page. */

export function secondsInWords(seconds: number): string {
	if (seconds < 60) return `${rounded(seconds, 1)} s`;
	return `${Math.floor(seconds / 60)} min ${rounded(seconds % 60, 0)} s`;
}

/** Two digits behind the point as money has them, more where the amount is smaller. */
export function moneyInWords(amount: number, currency = ''): string {
	const digits = amount > 0 && amount < 0.1 ? 4 : 2;
	const figure = amount.toFixed(digits).replace(/(\.\d\d\d*?)0+$/, '$1');
	return `${figure} ${currency}`.trim();
}

export function bytesInWords(bytes: number): string {
	return bytes < 1_000_000
		? `${rounded(bytes / 1000, 0)} kB`
		: `${rounded(bytes / 1_000_000, 1)} MB`;
}

/** `2026-11-23T10:00:00.000Z` as `2026-11-23, 10:00 UTC`. */
export function timeInWords(iso: string): string {
	return iso.replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d).*Z$/, '$1, $2 UTC');
}

export function countInWords(count: number, thing: string): string {
	return `${count} ${thing}${count === 1 ? '' : 's'}`;
}

function rounded(value: number, digits: number): string {
	return String(Number(value.toFixed(digits)));
}
