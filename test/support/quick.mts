/**
 * Runs work that must not hold n8n up, and returns its result.
 * @param maxMs limit in milliseconds of processor time, with room for a slow processor. Work whose time grows with the
 * square of the text takes minutes
 */
export function quick<Value>(work: () => Value, maxMs = 2_000): Value {
	const before = process.cpuUsage();
	const value = work();
	expect(processorMs(before)).toBeLessThan(maxMs);
	return value;
}

/** Returns the processor time since then, in milliseconds. Unlike real time, it does not grow on a busy machine. */
export function processorMs(before: NodeJS.CpuUsage): number {
	const { user, system } = process.cpuUsage(before);
	return (user + system) / 1_000;
}
