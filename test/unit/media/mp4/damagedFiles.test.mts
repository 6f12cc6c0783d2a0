/** @jest-environment ./test/support/nativeEnvironment.mjs */
import { damage } from '../../../support/damage.mts';
import { join, loadClips, sourceOf, type Clips } from './joinSupport.mts';
import { processorMs } from '../../../support/quick.mts';

/** A thorough run over 2,000 files in a small heap is in test/joining. */
const FILES = 400;
/** In processor time. */
const LONGEST_MS = 1500;

let clips: Clips;
beforeAll(async () => {
	clips = await loadClips();
});

it('damaged clips are joined or refused with a message, and never take long', async () => {
	const whole = await clips.makeClip({ look: 1, seconds: 0.3, sound: {} });
	const originals = [
		whole,
		await clips.makeClip({
			look: 2,
			seconds: 0.3,
			sound: {},
			container: { movflags: 'frag_keyframe+empty_moov' },
		}),
		await clips.makeClip({
			look: 3,
			seconds: 0.3,
			sound: {},
			container: { movflags: 'faststart' },
		}),
	];
	let refused = 0;
	for (let seed = 0; seed < FILES; seed += 1) {
		const before = process.cpuUsage();
		try {
			await join([whole, damage(originals[seed % 3], seed)], { differentSound: 'leaveOut' });
		} catch (caught) {
			const error = caught as Error;
			expect([seed, error.name, error.message]).toEqual([seed, 'JoinError', expect.any(String)]);
			refused += 1;
		}
		expect(processorMs(before)).toBeLessThan(LONGEST_MS);
	}
	expect(refused).toBeGreaterThan(FILES / 2);
});

it('damaged sound files are used or refused with a message', async () => {
	const clip = await clips.makeClip({ look: 1, seconds: 0.3 });
	const sounds = [
		await clips.makeSound('adts', 0.5),
		await clips.makeSound('mp3', 0.5, { codec: 'libmp3lame' }),
		await clips.makeSound('mp4', 0.5),
	];
	for (let seed = 0; seed < FILES / 2; seed += 1) {
		try {
			await join([clip], { sound: sourceOf(damage(sounds[seed % 3], seed), 'The sound file') });
		} catch (caught) {
			const error = caught as Error;
			expect([seed, error.name]).toEqual([seed, 'JoinError']);
		}
	}
});
