import { execFile, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readFile } from 'node:fs/promises';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { promisify } from 'node:util';
import { createEngine } from '../../engine/createEngine.mts';
import { runInChild } from '../measure/child.mts';
import { costOf } from '../measure/memory.mts';
import { inMegabytes, section, tableOf } from '../report.mts';
import type { Case } from './case.mts';

const CLIPS = 3;
const RUNS = 5;

interface Measured {
	growthBytes: number;
	seconds: number;
	/** Time of ffmpeg on the same files. */
	ffmpegSeconds: number;
	/** Maximum time that the event loop was blocked, in milliseconds. */
	heldMs: number;
	bytes: number;
}

/**
 * Joins three clips of 20 seconds in 1080p, about 150 MB, and compares with `ffmpeg -f concat -c copy` on the same
 * files.
 */
export const joinCase: Case = {
	name: 'join',
	async run() {
		if (spawnSync('ffmpeg', ['-version']).error) {
			return section('Joining clips', 'Not measured: ffmpeg is not installed.', '');
		}
		const folder = mkdtempSync(join(tmpdir(), 'bench-join-'));
		const clip = await makeClip(folder);
		const ours = await runInChild<Measured>(import.meta.url, { folder, clip });
		rmSync(folder, { recursive: true });
		return section(
			'Joining clips',
			`${CLIPS} clips of 20 seconds, 1080p, ${inMegabytes(CLIPS * ours.bytes)} together, in n8n's filesystem mode, after one warm-up run, in turns with \`ffmpeg -f concat -c copy\` on the same files. The best of ${RUNS} runs each, because other work on the machine can only make a run slower. Targets for ours: a growth of at most 60 MB, at most 1.5 times the time, and an event loop that is never blocked for more than 100 ms.`,
			tableOf(
				['', 'time', 'growth of memory', 'event loop held at most'],
				[
					[
						'Lumenfall, Join',
						`${ours.seconds.toFixed(2)} s`,
						inMegabytes(ours.growthBytes),
						`${Math.round(ours.heldMs)} ms`,
					],
					['ffmpeg', `${ours.ffmpegSeconds.toFixed(2)} s`, '', ''],
				],
			),
		);
	},
};

/** The environment variable `JOIN_CLIP` can name an existing file. */
async function makeClip(folder: string): Promise<string> {
	const ready = process.env.JOIN_CLIP;
	if (ready && existsSync(ready)) return ready;
	const file = join(folder, 'clip.mp4');
	const rate = ['-b:v', '20M', '-minrate', '20M', '-maxrate', '20M', '-bufsize', '20M'];
	const source = 'testsrc2=s=1920x1080:r=30:d=20,noise=alls=30:allf=t';
	await ffmpeg(
		...['-f', 'lavfi', '-i', source, '-f', 'lavfi', '-i', 'sine=d=20', '-pix_fmt', 'yuv420p'],
		...['-c:v', 'libx264', '-preset', 'ultrafast', '-nal-hrd', 'cbr', ...rate, '-c:a', 'aac', file],
	);
	return file;
}

/** Joins the clips with ffmpeg, with the index in front as ours. */
async function concat(folder: string, clip: string): Promise<void> {
	const list = join(folder, 'list.txt');
	writeFileSync(list, `file '${clip}'\n`.repeat(CLIPS));
	const input = ['-f', 'concat', '-safe', '0', '-i', list];
	await ffmpeg(...input, '-c', 'copy', '-movflags', 'faststart', join(folder, 'joined.mp4'));
}

async function ffmpeg(...args: string[]): Promise<void> {
	await promisify(execFile)('ffmpeg', ['-hide_banner', '-loglevel', 'error', '-y', ...args]);
}

async function secondsOf(work: () => Promise<void>): Promise<number> {
	const start = performance.now();
	await work();
	return (performance.now() - start) / 1000;
}

export default async function measure({
	folder,
	clip,
}: {
	folder: string;
	clip: string;
}): Promise<Measured> {
	const engine = await createEngine({ core: 'n8n-2', binaryMode: 'filesystem' });
	const node = (name: string, type: string, parameters: object) => ({
		id: name,
		name,
		type,
		typeVersion: 1,
		position: [0, 0] as [number, number],
		parameters: parameters as Record<string, never>,
	});
	const workflow = {
		name: 'join',
		nodes: [
			node('Start', 'n8n-nodes-base.manualTrigger', {}),
			node('Join', 'n8n-nodes-lumenfall.lumenfall', { resource: 'video', operation: 'join' }),
		],
		connections: { Start: { main: [[{ node: 'Join', type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1' },
	};
	// Stored by a first run. The measured runs join its input files.
	const item = {
		json: {},
		binary: { data: { data: await readFile(clip), fileName: 'clip.mp4', mimeType: 'video/mp4' } },
	};
	const first = await engine.run(workflow as never, { pinData: { Start: [item] } });
	const [{ binary }] = first.output('Start');
	const stored = Array.from({ length: CLIPS }, () => ({ json: {}, binary: binary! }));
	const join3 = async () => {
		const result = await engine.run(workflow as never, { pinData: { Start: stored } });
		if (result.error) throw new Error(result.error.message);
	};
	item.binary.data.data = Buffer.alloc(0);
	await join3();

	await concat(folder, clip);

	const best: Omit<Measured, 'bytes'> = {
		growthBytes: 0,
		seconds: Number.POSITIVE_INFINITY,
		ffmpegSeconds: Number.POSITIVE_INFINITY,
		heldMs: Number.POSITIVE_INFINITY,
	};
	for (let run = 0; run < RUNS; run += 1) {
		const delay = monitorEventLoopDelay({ resolution: 5 });
		delay.enable();
		const { baselineBytes, peakBytes } = await costOf(async () => {
			best.seconds = Math.min(best.seconds, await secondsOf(join3));
		});
		delay.disable();
		best.heldMs = Math.min(best.heldMs, delay.max / 1e6);
		best.growthBytes = Math.max(best.growthBytes, peakBytes - baselineBytes);
		best.ffmpegSeconds = Math.min(
			best.ffmpegSeconds,
			await secondsOf(async () => await concat(folder, clip)),
		);
	}
	await engine.close();
	return { ...best, bytes: statSync(clip).size };
}
