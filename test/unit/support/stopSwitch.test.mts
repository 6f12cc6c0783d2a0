import { StopSwitch } from '../../../nodes/Lumenfall/support/stopSwitch';

const never = async () => await new Promise<never>(() => undefined);

test('a Stop ends every wait with the first reason, also a wait that begins later', async () => {
	const stop = new StopSwitch();
	const waits = [stop.race(never()), stop.race(never())];
	stop.stop(new Error('stopped'));
	stop.stop(new Error('again'));
	waits.push(stop.race(never()));
	for (const wait of waits) await expect(wait).rejects.toThrow('stopped');
});

test('work that ends before a Stop gives its result', async () => {
	const stop = new StopSwitch();
	expect(await stop.race(Promise.resolve('video_1'))).toBe('video_1');
	await expect(stop.race(Promise.reject(new Error('refused')))).rejects.toThrow('refused');
	expect(stop.isStopped).toBe(false);
});
