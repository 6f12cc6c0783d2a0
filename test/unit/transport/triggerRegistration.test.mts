import { Readable } from 'node:stream';
import type { IHttpRequestOptions, IWebhookFunctions } from 'n8n-workflow';
import type { HttpHost } from '../../../nodes/Lumenfall/transport/httpHost';
import {
	readRegistration,
	sendRegistration,
} from '../../../nodes/Lumenfall/transport/triggerRegistration';

const ours = { signingKey: 'a key' };
const theirs = { signingKey: 'another key' };
type Headers = Record<string, string>;

/** Sends a registration, and returns what the trigger receives. */
async function registration(videoId: string): Promise<{ body: string; headers: Headers }> {
	const sent: IHttpRequestOptions[] = [];
	const httpRequest = async (options: IHttpRequestOptions) => {
		sent.push(options);
		return await Promise.resolve({ statusCode: 200, headers: {}, body: Readable.from(['{}']) });
	};
	const host = { helpers: { httpRequest } } as unknown as HttpHost;
	await sendRegistration(host, ours, 'https://n8n.example.com/webhook/1', videoId);
	const [{ body, headers }] = sent;
	return { body: body as string, headers: headers as Headers };
}

const read = async (body: string, headers: Headers, by = ours) => {
	const getRequestObject = () => ({ rawBody: Buffer.from(body), headers });
	return await readRegistration({ getRequestObject } as unknown as IWebhookFunctions, by);
};

test('a registration names its video, and contains no key', async () => {
	const { body, headers } = await registration('video_1');
	expect(await read(body, headers)).toEqual({ videoId: 'video_1' });
	expect(JSON.stringify([body, headers])).not.toContain(ours.signingKey);
});

test('one that is changed, old, unsigned or of another credential is forged', async () => {
	const { body, headers } = await registration('video_1');
	expect(await read(body.replace('video_1', 'video_2'), headers)).toBe('forged');
	expect(await read(body, headers, theirs)).toBe('forged');
	expect(await read(body, {})).toBe('forged');
	const [[name, signature]] = Object.entries(headers).filter(([header]) => header.startsWith('x-'));
	const old = signature.replace(/t=(\d+)/, (_, time: string) => `t=${Number(time) - 600}`);
	expect(await read(body, { ...headers, [name]: old })).toBe('forged');
});

test('one that is larger than any delivery is forged, even if it is signed', async () => {
	const { body, headers } = await registration('v'.repeat(300_000));
	expect(await read(body, headers)).toBe('forged');
});
