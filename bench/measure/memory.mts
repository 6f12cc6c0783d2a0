export interface ProcessCost {
	/** Resident memory before, in bytes. */
	baselineBytes: number;
	/** Maximum resident memory during the action, in bytes. */
	peakBytes: number;
	/** Maximum growth of Node's buffers during the action: a file held as a whole would show here. */
	bufferGrowthBytes: number;
	/** Processor time of this process, user and system. */
	cpuSeconds: number;
}

const SAMPLE_EVERY_MS = 10;

/** Runs the action and measures what this process uses for it. */
export async function costOf(action: () => Promise<void>): Promise<ProcessCost> {
	globalThis.gc?.();
	const { rss: baselineBytes, arrayBuffers: buffersBefore } = process.memoryUsage();
	let [peakBytes, bufferPeak] = [baselineBytes, buffersBefore];
	const sample = () => {
		const { rss, arrayBuffers } = process.memoryUsage();
		peakBytes = Math.max(peakBytes, rss);
		bufferPeak = Math.max(bufferPeak, arrayBuffers);
	};
	const timer = setInterval(sample, SAMPLE_EVERY_MS);
	const cpu = process.cpuUsage();

	await action();
	const { user, system } = process.cpuUsage(cpu);
	sample();
	clearInterval(timer);
	const cpuSeconds = (user + system) / 1e6;
	return { baselineBytes, peakBytes, bufferGrowthBytes: bufferPeak - buffersBefore, cpuSeconds };
}
