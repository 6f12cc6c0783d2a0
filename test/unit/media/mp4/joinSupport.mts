import { joinClips, type JoinOptions } from '../../../../nodes/Lumenfall/media/mp4/joinClips';
import type { ClipSource } from '../../../../nodes/Lumenfall/media/mp4/clip';
import { native } from '../../../support/native.mts';

type Makers = typeof import('../../../support/clips.mts');
type Decoders = typeof import('../../../support/decodeVideo.mts');

/** Makes clips and decodes videos. */
export type Clips = Makers & Decoders;

export async function loadClips(): Promise<Clips> {
	return {
		...(await native<Makers>('./test/support/clips.mts')),
		...(await native<Decoders>('./test/support/decodeVideo.mts')),
	};
}

/** A file in memory as a source, read in small chunks so that every boundary is crossed. */
export function sourceOf(file: Buffer, name: string, isSizeKnown = true): ClipSource {
	return {
		name,
		bytes: isSizeKnown ? file.length : undefined,
		open: async () => chunksOf(file, 4096),
	};
}

async function* chunksOf(file: Buffer, size: number): AsyncGenerator<Buffer> {
	for (let at = 0; at < file.length; at += size) yield file.subarray(at, at + size);
}

export async function join(files: Buffer[], options: Partial<JoinOptions> = {}) {
	const sources = files.map((file, i) => sourceOf(file, `Clip ${i + 1}`, i % 2 === 0));
	const plan = await joinClips(sources, {
		sound: 'keep',
		differentSound: 'refuse',
		breathe: async () => {},
		...options,
	});
	const parts: Buffer[] = [];
	for await (const part of plan.content()) parts.push(part);
	return { plan, file: Buffer.concat(parts) };
}

/** The message of a refused join. */
export async function refusal(files: Buffer[], options?: Partial<JoinOptions>): Promise<string> {
	try {
		await join(files, options);
	} catch (caught) {
		const error = caught as Error & { advice?: string };
		expect(error).toMatchObject({ name: 'JoinError' });
		return `${error.message}. ${error.advice}`;
	}
	throw new Error('The clips were joined');
}

/** Half a frame of AAC at 44.1 kHz, the maximum error at a joint, plus the tolerance of detecting a beep. */
const HALF_FRAME_SECONDS = 512 / 44_100;
const FINDING_SECONDS = 0.002;

/**
 * Joins, decodes the result with an independent decoder, and compares it with the clips. Every frame is present exactly
 * once, and within a millisecond. So is every beep of the clips that keep their sound.
 * @returns how late the beeps are, in seconds
 */
export async function expectFaithfulJoin(
	clips: Clips,
	files: Buffer[],
	options: Partial<JoinOptions> & { silent?: number[] } = {},
): Promise<number[]> {
	const { silent = [], ...joinOptions } = options;
	const { plan, file } = await join(files, joinOptions);
	expect(file).toHaveLength(plan.bytes);
	const frames = await clips.decodeFrames(file);
	const expected: Array<{ at: number; hash: string }> = [];
	const expectedBeeps: number[] = [];
	for (const [i, source] of files.entries()) {
		const own = await clips.decodeFrames(source);
		const { startsAt, seconds } = plan.clips[i];
		const place = (at: number) => at - own[0].at + startsAt;
		expected.push(...own.map(({ at, hash }) => ({ at: place(at), hash })));
		if (plan.hasAudio && !silent.includes(i)) {
			const beeps = (await clips.findBeeps(source)).map(place);
			expectedBeeps.push(...beeps.filter((at) => at > startsAt && at < startsAt + seconds));
		}
	}
	expect(frames.map(({ hash }) => hash)).toEqual(expected.map(({ hash }) => hash));
	frames.forEach(({ at }, i) => expect(Math.abs(at - expected[i].at)).toBeLessThan(0.001));
	if (!plan.hasAudio) return [];

	const beeps = await clips.findBeeps(file);
	expect(beeps).toHaveLength(expectedBeeps.length);
	const late = beeps.map((at, i) => at - expectedBeeps[i]);
	late.forEach((seconds) =>
		expect(Math.abs(seconds)).toBeLessThan(HALF_FRAME_SECONDS + FINDING_SECONDS),
	);
	return late;
}
