/**
 * Joins 2,000 damaged files with a small heap: `npm run test:joining`. Each one is joined or refused with a message,
 * within about two seconds. A crash, a hang or any other error fails the run. Prints the messages with their counts.
 */
import { joinClips } from '../../nodes/Lumenfall/media/mp4/joinClips';
import { makeClip, makeSound } from '../support/clips.mts';
import { damage } from '../support/damage.mts';

const FILES = 2_000;
const LONGEST_MS = 2_000;

const sourceOf = (file: Buffer, name: string) => ({
	name,
	bytes: file.length,
	open: async () => oneChunk(file),
});

async function* oneChunk(file: Buffer) {
	yield file;
}

const options = { differentSound: 'leaveOut', breathe: async () => {} } as const;
const whole = await makeClip({ look: 1, seconds: 0.5, sound: {} });
const originals = [
	whole,
	await makeClip({ look: 2, sound: {}, container: { movflags: 'frag_keyframe+empty_moov' } }),
	await makeClip({ look: 3, sound: {}, container: { movflags: 'faststart' } }),
	await makeClip({ look: 4, seconds: 0.5, video: 'libx265', sound: { codec: 'libopus' } }),
];
const sounds = [
	await makeSound('adts', 1),
	await makeSound('mp3', 1, { codec: 'libmp3lame' }),
	await makeSound('mp4', 1),
];

const words = new Map<string, number>();
let worstMs = 0;
for (let seed = 0; seed < FILES; seed += 1) {
	const startedAt = performance.now();
	const isSound = seed % 10 === 9;
	const clip = damage(isSound ? sounds[seed % 3] : originals[seed % 4], seed);
	try {
		const plan = isSound
			? await joinClips([sourceOf(whole, 'A')], { ...options, sound: sourceOf(clip, 'B') })
			: await joinClips([sourceOf(originals[seed % 4], 'A'), sourceOf(clip, 'B')], {
					...options,
					sound: 'keep',
				});
		// The whole content must be readable.
		let bytes = 0;
		for await (const part of plan.content()) bytes += part.length;
		if (bytes === 0) throw new Error(`Seed ${seed} gave an empty file`);
		words.set('joined', (words.get('joined') ?? 0) + 1);
	} catch (caught) {
		const error = caught as Error;
		if (error.name !== 'JoinError') throw new Error(`Seed ${seed}`, { cause: error });
		const said = error.message.replace(/[\d.]+/g, 'n');
		words.set(said, (words.get(said) ?? 0) + 1);
	}
	const took = performance.now() - startedAt;
	worstMs = Math.max(worstMs, took);
	if (took > LONGEST_MS) throw new Error(`Seed ${seed} took ${Math.round(took)} ms`);
}
for (const [said, count] of [...words].sort((a, b) => b[1] - a[1]))
	console.log(`${count}  ${said}`);
console.log(`${FILES} damaged files, the longest took ${Math.round(worstMs)} ms`);
