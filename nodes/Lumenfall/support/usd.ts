/** Amounts in USD. */

/** Rounds to millionths, the unit of Lumenfall's estimates. */
export function roundUsd(usd: number): number {
	return Math.round(usd * 1e6) / 1e6;
}

/** Formats an amount: `0.80 USD`, or `0.084 USD` with fractions of a cent. */
export function formatUsd(usd: number): string {
	return `${usd.toFixed(4).replace(/(\.\d\d\d*?)0+$/, '$1')} USD`;
}
