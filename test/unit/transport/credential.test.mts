import { NodeOperationError, UserError, type INode } from 'n8n-workflow';
import { failureOf } from '../../../nodes/Lumenfall/errors/failure';
import { readCredential, type Credential } from '../../../nodes/Lumenfall/transport/credential';
import type { HttpHost } from '../../../nodes/Lumenfall/transport/httpHost';

/** Reads a credential that n8n cannot read. */
const readBroken = async (error: Error) =>
	await readCredential({
		getCredentials: async () => await Promise.reject(error),
	} as unknown as HttpHost).catch((caught: unknown) => failureOf(caught));

const read = async (fields: object, last?: Credential) => {
	const host = {
		getCredentials: async () => ({
			...{ apiKey: 'sk-abc', baseUrl: 'https://a.example/v1', server: 'openAiCompatible' },
			...fields,
		}),
	} as unknown as HttpHost;
	return await readCredential(host, last);
};

test.each([
	...['https://a.example/v1/', ' https://a.example/v1\n', '"https://a.example/v1"'],
	...['<https://a.example/v1>', '\u200bhttps://a.example/v1', 'HTTPS://a.example/v1'],
	...['https://a.example/v1/videos', 'https://a.example/v1/Videos/'],
	...['https://a.example/v1/videos/generations', 'https://a.example/v1/videos/{video_id}'],
	...['https://a.example/v1/models', 'https://a.example/v1/chat/completions/'],
	...['https://a.example/v1/videos/{video_id}/content', 'https://a.example/v1/videos/:id'],
	...['https://a.example/v1/videos/<id>', 'https://a.example/v1/videos/$ID/content'],
	...['https://a.example/v1/videos/video_8f2k', 'https://a.example/v1/images/generations'],
	...['https://a.example/v1/responses', 'https://a.example/v1/completions'],
	'curl https://a.example/v1/videos \\',
	...['https://a.example/v1,', 'https://a.example/v1;', '(https://a.example/v1)'],
	...['a.example/v1', 'a.example/v1/videos', '"A.example/v1"', 'a.example:443/v1'],
	...['https://https://a.example/v1', 'http://https://a.example/v1', '「https://a.example/v1」'],
	...['POST https://a.example/v1/videos', 'curl https://a.example/v1', '- https://a.example/v1'],
	...['OPENAI_BASE_URL=https://a.example/v1', 'base_url="https://a.example/v1"'],
	...['Base URL: https://a.example/v1', '[https://a.example/v1](https://a.example/v1)'],
	...['[docs](https://a.example/v1)', 'https://a.example/v1/videos/sync'],
	...['https://a.example/v1/video/generations', 'https://a.example/v1/audio/speech'],
	'https://a.example/v1/messages',
])('the base URL %j has one meaning', async (baseUrl) => {
	expect((await read({ baseUrl })).baseUrl).toBe('https://a.example/v1');
});

test('a base URL may have an IPv6 address', async () => {
	for (const baseUrl of ['http://[::1]:8000/v1', 'https://[2001:db8::7]/v1'])
		expect((await read({ baseUrl: `${baseUrl}/videos` })).baseUrl).toBe(baseUrl);
});

test('if n8n cannot read the credential now, nothing was sent, and the next try may succeed', async () => {
	const failure = await readBroken(new Error('timeout exceeded when trying to connect'));
	expect(failure).toMatchObject({ kind: 'network', neverSent: true });
	expect(failure).toHaveProperty(
		'message',
		'The credential could not be read: timeout exceeded when trying to connect',
	);
});

test('a credential that is missing is an error of the input, in the words of n8n', async () => {
	const node = { name: 'Make' } as INode;
	for (const error of [new UserError('It is gone'), new NodeOperationError(node, 'It is gone')])
		expect(await readBroken(error)).toMatchObject({ kind: 'invalidInput', message: 'It is gone' });
});

test('a path with the name of an endpoint inside is kept', async () => {
	for (const path of ['/videos/v1', '/models/v1', '/v1/video'])
		expect((await read({ baseUrl: `https://a.example${path}` })).baseUrl).toMatch(path);
});

test.each([
	...[
		'',
		'localhost/v1',
		'127.0.0.1:8000/v1',
		'host.docker.internal:8000/v1',
		'gpu.local:8000',
		'API.Corp/v1',
		'llm.lan',
		'me.localhost/v1',
		'my server',
		'https:/a.example',
		'https://a.example/v1 (production)',
		'https://a.example/v1\nhttps://b.example/v1',
		'https://a.example/v1https://b.example/v1',
		'ftp://a.example',
		'{{ $env.URL }}',
		null,
		5,
	],
	...['https://a.example:99999', 'https://a b/v1'],
	...['https://a.example/v1?key=sk-secret', 'https://a.example/v1#sk-secret'],
	'https://me:sk-secret@a.example/v1',
])('the base URL %j is refused by name, and no part of it is shown', async (baseUrl) => {
	const { failure } = await read({ baseUrl }).then(
		() => ({ failure: undefined }),
		(error: unknown) => ({ failure: failureOf(error) }),
	);
	expect(failure?.message).toMatch(/^'Base URL' in the credential/);
	expect(JSON.stringify(failure)).not.toContain('sk-secret');
});

test.each([
	...[' sk-abc\n', 'Bearer sk-abc', 'bearer   sk-abc', 'Bearer: sk-abc', '"sk-abc"', '“sk-abc”'],
	...['Authorization: Bearer sk-abc', '«sk-abc»', '\ufeffsk-abc\u200b', "'Bearer sk-abc'"],
	...['Bearer Bearer sk-abc', 'bearer:sk-abc', 'Token sk-abc', 'authorization=Bearer sk-abc'],
	...['x-api-key: sk-abc', 'api_key=sk-abc', 'OPENAI_API_KEY=sk-abc', 'sk-abc,', 'sk-abc;'],
	...['export OPENAI_API_KEY="sk-abc"', '"apiKey": "sk-abc",', '-H "Authorization: Bearer sk-abc"'],
	"--header 'Authorization: Bearer sk-abc'",
	...['API Key: sk-abc', 'key=sk-abc', 'Key sk-abc', 'api-key sk-abc', '<sk-abc>'],
	...['HF_TOKEN=sk-abc', 'REPLICATE_API_TOKEN=sk-abc', 'access_token: sk-abc', 'token=sk-abc'],
	...['set OPENAI_API_KEY=sk-abc', '$env:OPENAI_API_KEY="sk-abc"', 'const apiKey = "sk-abc"'],
])('the key %j is understood', async (apiKey) => {
	expect((await read({ apiKey })).apiKey).toBe('sk-abc');
});

test.each([
	...['setabc123', 'set_abc', 'export1', 'constant-1', 'keyed-1', 'key_live_1', 'tokenizer'],
	...['api_key_1', 'Bearer1', 'token-1', 'id1:secret', '$env1', 'sk-set=1', 'a=b==', 'xai-token=1'],
])('the key %j is not changed', async (apiKey) => {
	expect((await read({ apiKey })).apiKey).toBe(apiKey);
});

test.each(['sk abc', 'sk-äbc', 'sk-\nabc', 'sk-\u0000abc'])(
	'the key %j is refused by name, and is not shown',
	async (apiKey) => {
		await expect(read({ apiKey })).rejects.toThrow(/^'API Key' in the credential/);
		await expect(read({ apiKey })).rejects.not.toThrow(/abc/);
	},
);

test('a credential in which nothing has changed is not parsed again, and any change is seen at once', async () => {
	const first = await read({ apiKey: 'Bearer sk-abc' });
	expect(await read({ apiKey: 'Bearer sk-abc' }, first)).toBe(first);
	expect((await read({ apiKey: 'sk-new' }, first)).redact('not sk-new')).toBe('not [hidden]');
	expect(await read({ baseUrl: 'https://b.example/v1' }, first)).toMatchObject({
		baseUrl: 'https://b.example/v1',
	});
	expect((await read({ webhookSecret: 'whsec_1' }, first)).webhookSecret).toBe('whsec_1');
	expect((await read({ ignoreSslIssues: true }, first)).ignoreSslIssues).toBe(true);
	await expect(read({ apiKey: 'sk abc' }, first)).rejects.toThrow(/'API Key'/);
});
