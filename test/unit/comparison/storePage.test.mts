import type { IExecuteFunctions } from 'n8n-workflow';
import { storePage, type ComparedVideo } from '../../../nodes/Lumenfall/comparison/storePage';

const asked = { prompt: 'A paper boat', seconds: 4, roles: [] };

/** A host whose binary store discards everything, or fails. */
function hostWith(prepareBinaryData: () => Promise<unknown>) {
	const hints: string[] = [];
	const host = {
		logger: { warn: () => undefined },
		addExecutionHints: ({ message }: { message: string }) => hints.push(message),
		helpers: { prepareBinaryData },
	};
	return { host: host as unknown as IExecuteFunctions, hints };
}

const videos = ['sora-2', 'kling-v3'].map(
	(model): ComparedVideo => ({
		...{ model, metrics: { id: model }, marks: [] },
		file: { binary: { data: 'AAAA', mimeType: 'video/mp4' }, bytes: 3 },
	}),
);

test('an error with the page does not fail the comparison and is shown as a hint', async () => {
	const { host, hints } = hostWith(async () => await Promise.reject(new Error('The disk is full')));
	expect(await storePage(host, videos, asked)).toBeUndefined();
	expect(hints).toEqual([expect.stringMatching(/page could not be created.*The disk is full/)]);
});

test('pages are created one at a time, and an error with one does not affect the next', async () => {
	let running = 0;
	const most: number[] = [];
	const { host } = hostWith(async () => {
		most.push(++running);
		await new Promise((resolve) => setTimeout(resolve, 5));
		running--;
		if (most.length === 1) throw new Error('The disk is full');
		return { data: '', mimeType: 'text/html' };
	});
	const pages = await Promise.all(
		Array.from({ length: 3 }, async () => await storePage(host, videos, asked)),
	);
	expect(most).toEqual([1, 1, 1]);
	expect(pages.map((page) => page !== undefined)).toEqual([false, true, true]);
});
