import { createQueue } from '../../../nodes/Lumenfall/support/queue';

test('work runs one piece at a time, in the order of the calls', async () => {
	const inTurn = createQueue();
	const log: string[] = [];
	const work = (name: string) => async () => {
		log.push(`${name} starts`);
		await Promise.resolve();
		log.push(`${name} ends`);
		return name;
	};
	expect(await Promise.all([inTurn(work('one')), inTurn(work('two'))])).toEqual(['one', 'two']);
	expect(log).toEqual(['one starts', 'one ends', 'two starts', 'two ends']);
});

test('work that fails rejects for its own caller only', async () => {
	const inTurn = createQueue();
	const failed = inTurn(async () => await Promise.reject(new Error('broken')));
	const next = inTurn(async () => await Promise.resolve('fine'));
	await expect(failed).rejects.toThrow('broken');
	expect(await next).toBe('fine');
});
