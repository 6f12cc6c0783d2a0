import type { Runtime } from '../../nodes/Lumenfall/support/runtime';
import type { StopSwitch } from '../../nodes/Lumenfall/support/stopSwitch';

/**
 * A runtime whose time advances only when all tasks wait, so that hours take milliseconds and every run is the same.
 */
export interface FakeRuntime extends Runtime {
	/** Advances the time, and wakes the sleepers in order. */
	advanceTo(end: number): Promise<void>;
	/** Advances the time until the work has ended. */
	finish<Value>(work: Promise<Value>): Promise<Value>;
	/** The durations of all sleeps, in the order of their start. */
	readonly sleeps: number[];
}

/** The wall time at which every fake runtime starts, in milliseconds since 1970. */
export const WALL_START = Date.parse('2026-05-04T09:30:00Z');

/** @param options.stop ends all sleeps, as in a run */
export function fakeRuntime({
	random = 0.5,
	stop,
}: { random?: number; stop?: StopSwitch } = {}): FakeRuntime {
	let now = 0;
	const sleepers: Array<{ at: number; wake: () => void }> = [];
	const sleeps: number[] = [];

	/** Waits for everything that needs no time: the next turn of the event loop comes after all of it. */
	const settle = async () => await new Promise((next) => setImmediate(next));
	const wakeNext = async (end: number): Promise<boolean> => {
		await settle();
		sleepers.sort((one, other) => one.at - other.at);
		if (!sleepers.length || sleepers[0].at > end) return false;
		const next = sleepers.shift()!;
		now = Math.max(now, next.at);
		next.wake();
		return true;
	};

	return {
		now: () => now,
		wallTime: () => WALL_START + now,
		random: () => random,
		sleep: async (milliseconds) => {
			stop?.throwIfStopped();
			sleeps.push(milliseconds);
			const slept = new Promise<void>((wake) => sleepers.push({ at: now + milliseconds, wake }));
			await (stop ? stop.race(slept) : slept);
		},
		async advanceTo(end) {
			while (await wakeNext(end));
			now = end;
		},
		async finish(work) {
			let hasEnded = false;
			const end = () => (hasEnded = true);
			void work.then(end, end);
			for (;;) {
				await settle();
				if (hasEnded) return await work;
				if (!(await wakeNext(Number.POSITIVE_INFINITY)) && !hasEnded)
					throw new Error('Nothing sleeps, and the work has not ended');
			}
		},
		sleeps,
	};
}
