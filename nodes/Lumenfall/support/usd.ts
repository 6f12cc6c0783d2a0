/** Amounts in USD. */

/** To millionths, the unit of Lumenfall's estimates. */
export function roundUsd(usd: number): number {
	return Math.round(usd * 1e6) / 1e6;
}

/** `0.80 USD`; parts of a cent keep their digits: `0.084 USD`. */
export function formatUsd(usd: number): string {
	return `${usd.toFixed(4).replace(/(\.\d\d\d*?)0+$/, '$1')} USD`;
}
