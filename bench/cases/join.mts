import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createEngine } from '../../engine/createEngine.mts';
import { runInChild } from '../measure/child.mts';
import { costOf } from '../measure/memory.mts';
import { section, tableOf } from '../report.mts';
import type { Case } from './case.mts';

const MB = 1024 * 1024;
const CLIPS = 3;

interface Measured {
	growthBytes: number;
	seconds: number;
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
		const clip = makeClip(folder);
		const ffmpegSeconds = concat(folder, clip);
		const ours = await runInChild<Measured>(import.meta.url, clip);
		rmSync(folder, { recursive: true });
		return section(
			'Joining clips',
			`${CLIPS} clips of 20 seconds, 1080p, ${Math.round((CLIPS * ours.bytes) / MB)} MB together, in n8n's filesystem mode, after one warm-up run, beside \`ffmpeg -f concat -c copy\` on the same files. Targets for ours: a growth of at most 60 MB, at most 1.5 times the time, and an event loop that is never blocked for more than 100 ms.`,
			tableOf(
				['', 'time', 'growth of memory', 'event loop held at most'],
				[
					[
						'Lumenfall, Join',
						`${ours.seconds.toFixed(2)} s`,
						`${Math.round(ours.growthBytes / MB)} MB`,
						`${Math.round(ours.heldMs)} ms`,
					],
					['ffmpeg', `${ffmpegSeconds.toFixed(2)} s`, '', ''],
				],
			),
		);
	},
};

/** The environment variable `JOIN_CLIP` can name an existing file. */
function makeClip(folder: string): string {
	const ready = process.env.JOIN_CLIP;
	if (ready && existsSync(ready)) return ready;
	const file = join(folder, 'clip.mp4');
	const rate = ['-b:v', '20M', '-minrate', '20M', '-maxrate', '20M', '-bufsize', '20M'];
	const source = 'testsrc2=s=1920x1080:r=30:d=20,noise=alls=30:allf=t';
	ffmpeg(
		...['-f', 'lavfi', '-i', source, '-f', 'lavfi', '-i', 'sine=d=20', '-pix_fmt', 'yuv420p'],
		...['-c:v', 'libx264', '-preset', 'ultrafast', '-nal-hrd', 'cbr', ...rate, '-c:a', 'aac', file],
	);
	return file;
}

/** The best of three runs, as for our node: the first run reads the files from disk. */
function concat(folder: string, clip: string): number {
	const list = join(folder, 'list.txt');
	writeFileSync(list, `file '${clip}'\n`.repeat(CLIPS));
	const times = [1, 2, 3].map((n) => {
		const start = performance.now();
		const input = ['-f', 'concat', '-safe', '0', '-i', list];
		ffmpeg(...input, '-c', 'copy', '-movflags', 'faststart', join(folder, `joined-${n}.mp4`));
		return (performance.now() - start) / 1000;
	});
	return Math.min(...times);
}

function ffmpeg(...args: string[]): void {
	execFileSync('ffmpeg', ['-hide_banner', '-loglevel', 'error', '-y', ...args]);
}

export default async function measure(clip: string): Promise<Measured> {
	const { readFile } = await import('node:fs/promises');
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

	const delay = monitorEventLoopDelay({ resolution: 5 });
	let seconds = Number.POSITIVE_INFINITY;
	delay.enable();
	const { baselineBytes, peakBytes } = await costOf(async () => {
		for (let i = 0; i < 3; i += 1) {
			const start = performance.now();
			await join3();
			seconds = Math.min(seconds, (performance.now() - start) / 1000);
		}
	});
	delay.disable();
	await engine.close();
	return {
		growthBytes: peakBytes - baselineBytes,
		seconds,
		heldMs: delay.max / 1e6,
		bytes: statSync(clip).size,
	};
}
