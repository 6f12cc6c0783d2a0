import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { attachPage } from '../../../nodes/Lumenfall/comparison/attachPage';

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

const compared = () =>
	['sora-2', 'kling-v3'].map((model) => {
		const item: INodeExecutionData = {
			json: { id: model },
			binary: { data: { data: 'AAAA', mimeType: 'video/mp4' } },
		};
		return { model, item };
	});

test('an error with the page loses no video and is shown as a hint', async () => {
	const { host, hints } = hostWith(async () => await Promise.reject(new Error('The disk is full')));
	const models = compared();
	await attachPage(host, models, asked, 'page');
	expect(models).toEqual(compared());
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
	const runs = [compared(), compared(), compared()];
	await Promise.all(runs.map(async (models) => await attachPage(host, models, asked, 'page')));
	expect(most).toEqual([1, 1, 1]);
	expect(runs.map(([{ item }]) => item.binary?.page !== undefined)).toEqual([false, true, true]);
});
