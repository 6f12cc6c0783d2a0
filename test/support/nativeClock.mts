/** The time outside jest's own realm, which may be compressed. */
export function now(): number {
	return Date.now();
}
