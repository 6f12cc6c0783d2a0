export interface ProcessCost {
	/** Resident memory before, in bytes. */
	baselineBytes: number;
	/** The most resident memory meanwhile. */
	peakBytes: number;
	/** The most that Node's buffers held meanwhile, above what they held before: a file kept whole would show here. */
	bufferGrowthBytes: number;
	/** Processor time of this process, user and system. */
	cpuSeconds: number;
}

const sampleEveryMs = 10;

/** Runs the action and watches what this process spends on it. */
export async function costOf(action: () => Promise<void>): Promise<ProcessCost> {
	globalThis.gc?.();
	const { rss: baselineBytes, arrayBuffers: buffersBefore } = process.memoryUsage();
	let [peakBytes, bufferPeak] = [baselineBytes, buffersBefore];
	const look = () => {
		const { rss, arrayBuffers } = process.memoryUsage();
		peakBytes = Math.max(peakBytes, rss);
		bufferPeak = Math.max(bufferPeak, arrayBuffers);
	};
	const timer = setInterval(look, sampleEveryMs);
	const cpu = process.cpuUsage();

	await action();
	const { user, system } = process.cpuUsage(cpu);
	look();
	clearInterval(timer);
	const cpuSeconds = (user + system) / 1e6;
	return { baselineBytes, peakBytes, bufferGrowthBytes: bufferPeak - buffersBefore, cpuSeconds };
}
