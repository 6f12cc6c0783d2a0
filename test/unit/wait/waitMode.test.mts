import type { IExecuteFunctions } from 'n8n-workflow';
import { createCanSuspend } from '../../../nodes/Lumenfall/wait/waitMode';
import { runtimeOf } from '../../../nodes/Lumenfall/support/runtime';
import { StopSwitch } from '../../../nodes/Lumenfall/support/stopSwitch';
import type { VideoApi } from '../../../nodes/Lumenfall/transport/videoApi';

/** Where a run is asked whether it can be suspended; what is not said is as it should be. */
function ask({
	type = 'n8n-nodes-lumenfall.lumenfall',
	isTool = undefined as boolean | undefined,
	executionId = '7',
	resumeUrl = 'https://n8n.example.com/webhook-waiting/7?signature=token',
	baseUrl = 'https://api.lumenfall.ai/openai/v1',
	supportsWebhooks = true,
} = {}) {
	const asked: string[] = [];
	const execution = {
		getExecutionId: () => executionId,
		getNode: () => ({ type }),
		evaluateExpression: () => resumeUrl,
		...(isTool !== undefined && { isToolExecution: () => isTool }),
	} as unknown as IExecuteFunctions;
	const api = {
		baseUrl,
		dialect: { supportsWebhooks },
		webhookSecret: async () => void asked.push('secret'),
	} as unknown as VideoApi;
	const canSuspend = createCanSuspend(execution, runtimeOf(new StopSwitch()));
	return { answer: async () => await canSuspend(api), asked };
}

test('an n8n with a public address gives the address that resumes this execution', async () => {
	const { answer, asked } = ask();
	expect(await answer()).toBe('https://n8n.example.com/webhook-waiting/7/video?signature=token');
	expect(await answer()).toBe('https://n8n.example.com/webhook-waiting/7/video?signature=token');
	expect(asked).toEqual(['secret']);
});

test.each([
	['as the tool of an agent', { type: 'n8n-nodes-lumenfall.lumenfallTool' }, /AI agent/],
	['as a tool that n8n names otherwise', { isTool: true }, /AI agent/],
	['in an execution that n8n does not keep', { executionId: '' }, /does not save this execution/],
	['on a server that calls nobody', { supportsWebhooks: false }, /does not send webhooks/],
	['on an n8n at home', { resumeUrl: 'http://localhost:5678/webhook-waiting/7' }, /this machine/],
])('%s there is no suspension, and nothing is asked of the server', async (_, change, words) => {
	const { answer, asked } = ask(change);
	await expect(answer()).rejects.toThrow(words);
	await expect(answer()).rejects.toThrow(/^'Wait' is 'On Webhook Call'/);
	expect(asked).toEqual([]);
});

test('the refusal shows the address of n8n without the token', async () => {
	const { answer } = ask({ resumeUrl: 'http://10.0.0.5:5678/webhook-waiting/7?signature=token' });
	await expect(answer()).rejects.toThrow(/at http:\/\/10\.0\.0\.5:5678,/);
	await expect(answer()).rejects.not.toThrow(/token/);
});

test('a server on this machine may call any address', async () => {
	const { answer } = ask({
		baseUrl: 'http://127.0.0.1:4010/openai/v1',
		resumeUrl: 'http://localhost:5678/webhook-waiting/7',
	});
	expect(await answer()).toBe('http://localhost:5678/webhook-waiting/7/video');
});
