import {
	openFarStage,
	openSuspendedStage,
	waitingForWebhook,
	type SuspendedStage,
} from './suspendedStage.mts';
import { CORES, NODE } from './stage.mts';

describe.each(CORES)('if an execution cannot be suspended on %s', (core) => {
	const elsewhere = async () => {
		const stage = await openSuspendedStage(core);
		const far = await openFarStage(core, stage.sandbox);
		return { stage, far, close: async () => void (await far.close(), await stage.close()) };
	};
	const sent = (stage: SuspendedStage) => stage.sandbox.requests().map(({ method }) => method);

	test('without a public URL, a helpful error is returned before anything is sent', async () => {
		const { stage, far, close } = await elsewhere();
		const result = await far.suspend().rest();
		expect(result.error?.message).toMatch(
			/^'Wait' is 'On Webhook Call', which is not possible here: the server cannot call this n8n at http:\/\/127\.0\.0\.1:\d+, because it refers to this machine only/,
		);
		expect(result.error?.description).toMatch(
			/WEBHOOK_URL.*'Until the Video Is Ready'.*Nothing was created/,
		);
		expect(sent(stage)).toEqual([]);
		await close();
	});

	test('with the option, the running execution polls instead', async () => {
		const { stage, far, close } = await elsewhere();
		const result = await far.suspend({ options: { ifCannotPark: 'poll' } }).rest();
		expect(result.error).toBeUndefined();
		expect(result.output(NODE)[0].binary?.data.mimeType).toBe('video/mp4');
		expect(stage.sandbox.jobs()[0].webhookUrl).toBeUndefined();
		expect(far.log.join('\n')).toMatch(
			/polls instead of waiting for a webhook.*refers to this machine only/,
		);
		await close();
	});

	test('a public URL is used', async () => {
		const { stage, far, close } = await elsewhere();
		stage.sandbox.addFault({ on: 'create', do: 'stuck' });
		const webhookWaitingBaseUrl = 'https://n8n.example.com/webhook-waiting';
		const waiting = await far.engine.run(far.workflow(waitingForWebhook()), {
			webhookWaitingBaseUrl,
		});
		expect(waiting.status).toBe('waiting');
		expect(stage.sandbox.jobs()[0].webhookUrl).toMatch(
			new RegExp(`^${webhookWaitingBaseUrl}/${waiting.executionId}/video`),
		);
		await close();
	});

	test.each([
		['error', undefined],
		['poll', 'video/mp4'],
	])('a server without webhooks: %s', async (ifCannotPark, file) => {
		const stage = await openSuspendedStage(core, { dialect: 'openai' });
		const change = { model: 'sora-2', seconds: 4, resolution: '720p', options: { ifCannotPark } };
		const result = await stage.suspend(change).rest();
		expect(result.output(NODE)[0]?.binary?.data.mimeType).toBe(file);
		if (!file) {
			expect(result.error?.message).toMatch(/does not send webhooks/);
			expect(stage.sandbox.requests()).toEqual([]);
		}
		await stage.close();
	});

	test('a key without permission to read the secret is refused', async () => {
		const stage = await openSuspendedStage(core);
		stage.sandbox.addFault({ on: 'any', do: 'status', status: 403 });
		const result = await stage.suspend().rest();
		expect(result.error?.message).toMatch(/the secret that signs its webhooks could not be read/);
		expect(stage.sandbox.jobs()).toEqual([]);
		await stage.close();
	});

	test('a second URL of the user is refused', async () => {
		const stage = await openSuspendedStage(core);
		const webhook_url = 'https://n8n.example.com/webhook/1/video';
		for (const change of [
			// An expression keeps both fields visible. Otherwise n8n drops the hidden one.
			{ waitMode: '={{ "webhook" }}', options: { webhookUrl: webhook_url } },
			{ options: { additionalParameters: JSON.stringify({ webhook_url }) } },
		]) {
			const result = await stage.suspend(change).rest();
			expect(result.error?.message).toMatch(/'Webhook URL' is set|must not contain 'webhook_url'/);
		}
		expect(stage.sandbox.jobs()).toEqual([]);
		await stage.close();
	});
});
