/** Amounts of money. */

/** Rounds to millionths, the unit of Lumenfall's estimates. */
export function roundUsd(usd: number): number {
	return Math.round(usd * 1e6) / 1e6;
}

/** Formats an amount: `0.80 USD`, or `0.084 USD` with fractions of a cent. */
export function formatUsd(usd: number): string {
	return `${formatAmount(usd, 4)} USD`;
}

/** Formats an amount with two decimal places, or with more if they are not zero. */
export function formatAmount(amount: number, maxDigits: number): string {
	return amount.toFixed(maxDigits).replace(/(\.\d\d\d*?)0+$/, '$1');
}
