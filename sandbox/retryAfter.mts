/** The header in either form that HTTP allows: whole seconds, or the date when they are over. */
export function retryAfter(seconds: number, asDate = false): string {
	if (!asDate) return String(seconds);
	// An HTTP date has no milliseconds, so it is rounded up: never earlier than the wait is over.
	return new Date(Math.ceil(Date.now() / 1000 + seconds) * 1000).toUTCString();
}
