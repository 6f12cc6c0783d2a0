import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { once } from '../../../nodes/Lumenfall/support/once';

test('the work is done at the first call, with its arguments, and every call gets its result', async () => {
	const work = jest.fn(async (name: string) => await Promise.resolve({ name }));
	const open = once(work);
	expect(work).not.toHaveBeenCalled();
	const [first, second] = await Promise.all([open('a'), open('b')]);
	expect(first).toEqual({ name: 'a' });
	expect(second).toBe(first);
	expect(await open('c')).toBe(first);
	expect(work).toHaveBeenCalledTimes(1);
});

test('work that failed is not done again', async () => {
	const work = jest.fn(async () => await Promise.reject(new Error('refused')));
	const open = once(work);
	await expect(open()).rejects.toThrow('refused');
	await expect(open()).rejects.toThrow('refused');
	expect(work).toHaveBeenCalledTimes(1);
});

/** Work that ends when the gate opens, and that holds images which nothing else holds. */
function workWithImages(gate: Promise<string>) {
	const images = { bytes: Buffer.alloc(1000) };
	const work = () => (images.bytes.length > 0 ? gate : Promise.reject(new Error('no images')));
	return { open: once(work), images: new WeakRef(images) };
}

test('what the work holds is kept until the first call, and freed while its result is awaited', async () => {
	setFlagsFromString('--expose-gc');
	const collectGarbage = runInNewContext('gc') as () => void;
	let finish: (video: string) => void = () => undefined;
	const gate = new Promise<string>((resolve) => (finish = resolve));
	const { open, images } = workWithImages(gate);
	await sleep(1);
	collectGarbage();
	expect(images.deref()).toBeDefined();

	const result = open();
	await sleep(1);
	collectGarbage();
	expect(images.deref()).toBeUndefined();
	finish('video_1');
	expect(await result).toBe('video_1');
	expect(await open()).toBe('video_1');
});
