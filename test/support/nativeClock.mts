/** The time outside jest's own realm, where it may be compressed. */
export function now(): number {
	return Date.now();
}
