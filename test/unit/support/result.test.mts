import { resultOf } from '../../../nodes/Lumenfall/support/result';

test('the result of work is its value or its error', async () => {
	await expect(resultOf(Promise.resolve(7))).resolves.toEqual({ ok: true, value: 7 });
	const error = new Error('seven');
	await expect(resultOf(Promise.reject(error))).resolves.toEqual({ ok: false, error });
});
