import { resultOf } from '../../../nodes/Lumenfall/support/result';

test('work that succeeds gives its value, and work that fails what it threw', async () => {
	await expect(resultOf(Promise.resolve(7))).resolves.toEqual({ ok: true, value: 7 });
	const error = new Error('seven');
	await expect(resultOf(Promise.reject(error))).resolves.toEqual({ ok: false, error });
});
