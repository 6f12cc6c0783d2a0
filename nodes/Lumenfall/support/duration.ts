/** Rounds to milliseconds, the precision of every length and position in the output. */
export function roundSeconds(seconds: number): number {
	return Math.round(seconds * 1000) / 1000;
}

/** Returns a duration for a message: `90 seconds`, `5 minutes`, `2.5 hours`. */
export function durationText(seconds: number): string {
	if (seconds >= 7200) return `${Math.round(seconds / 360) / 10} hours`;
	return seconds >= 120 ? `${Math.round(seconds / 60)} minutes` : `${Math.round(seconds)} seconds`;
}
