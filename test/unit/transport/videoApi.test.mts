import { failureOf } from '../../../nodes/Lumenfall/errors/failure';
import { openApi } from '../../../nodes/Lumenfall/transport/videoApi';
import { fakeServer } from '../../support/fakeServer.mts';

test('an account that was stored, and the key of signatures, are the same in every later version', async () => {
	const baseUrl = 'https://api.lumenfall.ai/openai/v1';
	const api = await openApi(
		fakeServer(() => undefined, { baseUrl, apiKey: 'a-key' }).host as never,
	);
	expect(api.account).toBe('2505dcb5a1c5be553bf657f9dfdebb0e');
	expect(api.signingKey).toBe('32a94a8edba73734b8895cef99bdc850800238bf4b9eb4c80bfb7f1b9f6d1c30');
});

const SECRET = 'whsec_c2VjcmV0LXZhbHVlLTEyMzQ1Njc4';

test.each<unknown>([
	{ secret: SECRET },
	{ message: SECRET },
	{ keys: [SECRET] },
	{ key: '', note: `your secret is ${SECRET}` },
	SECRET,
])('a response with the webhook secret that cannot be read is not shown: %j', async (body) => {
	const choice = { domain: 'lumenfall.ai' };
	const { host } = fakeServer(() => ({ body }), choice);
	const api = await openApi(host as never);
	const failure = await api.webhookSecret().catch((error: unknown) => failureOf(error));
	expect(failure).toMatchObject({ kind: 'unreadableAnswer' });
	expect(JSON.stringify(failure)).not.toContain('c2VjcmV0');
});

test('a refusal to return the webhook secret is shown', async () => {
	const { host } = fakeServer(() => ({ status: 403, body: { error: 'only for owners' } }), {
		domain: 'lumenfall.ai',
	});
	const api = await openApi(host as never);
	await expect(api.webhookSecret()).rejects.toThrow(/only for owners/);
});

test.each<[string, string[]]>([
	...['..', '.', '', 'a/..', 'fal/.'].map((model): [string, string[]] => [model, []]),
	['../x', ['GET /v1/models/x']],
	['http://other.example/x', ['GET /v1/models/x']],
	['%2e%2e', ['GET /v1/models/%252e%252e']],
	['..\\..', ['GET /v1/models/..%5C..']],
	['?x#y', ['GET /v1/models/%3Fx%23y']],
])('the schema of model %j is requested from no other path of the API', async (model, expected) => {
	const { host, requests } = fakeServer(() => ({ body: {} }), { domain: 'lumenfall.ai' });
	await (await openApi(host as never)).describeModel(model);
	expect(requests).toEqual(expected);
});
