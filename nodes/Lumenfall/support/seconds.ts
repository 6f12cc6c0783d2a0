/** Rounds to milliseconds, the precision of every length and position in the output. */
export function roundSeconds(seconds: number): number {
	return Math.round(seconds * 1000) / 1000;
}
