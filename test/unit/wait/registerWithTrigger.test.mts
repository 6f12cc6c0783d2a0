import { Readable } from 'node:stream';
import type { ItemContext } from '../../../nodes/Lumenfall/context';
import { failureOf } from '../../../nodes/Lumenfall/errors/failure';
import {
	checkTriggerUrl,
	registerWithTrigger,
} from '../../../nodes/Lumenfall/wait/registerWithTrigger';
import { fakeRuntime } from '../../support/fakeRuntime.mts';

const URL_OF_TRIGGER = 'https://n8n.example.com/webhook/1/registered?secret=word';

/** A response of the trigger to a registration. */
const REGISTERED = '{"message":"The trigger polls this video"}';

type Answer = number | Error | { text: string };

/**
 * Registers a video at a URL that answers with these statuses, one after the other. A text comes with HTTP 200; an error is a
 * broken connection.
 */
async function register(...answers: Answer[]) {
	const bodies: unknown[] = [];
	const runtime = fakeRuntime();
	const httpRequest = async ({ body }: { body: unknown }) => {
		bodies.push(body);
		const answer = answers[bodies.length - 1];
		if (answer instanceof Error) throw answer;
		const [statusCode, text] = typeof answer === 'number' ? [answer, ''] : [200, answer.text];
		return await Promise.resolve({ statusCode, headers: {}, body: Readable.from([text]) });
	};
	const context = {
		execution: { helpers: { httpRequest } },
		api: { signingKey: 'a key' },
		runtime,
	} as unknown as ItemContext;
	const registered = registerWithTrigger(context, 'video_1', URL_OF_TRIGGER).then(
		() => undefined,
		(error: unknown) => failureOf(error),
	);
	const failure = await runtime.finish(registered);
	return { bodies, failure };
}

test('the trigger gets the ID of the video', async () => {
	const { bodies, failure } = await register({ text: REGISTERED });
	expect(failure).toBeUndefined();
	expect(bodies).toEqual([expect.stringContaining('"video_1"')]);
});

test('a broken connection is tried again, and the error in the end names the video', async () => {
	const broken = Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
	expect((await register(broken, { text: REGISTERED })).failure).toBeUndefined();
	const { failure } = await register(...Array<Error>(20).fill(broken));
	expect(failure).toMatchObject({ kind: 'network', videoId: 'video_1' });
});

test.each([300, 401, 404])(
	'HTTP %i of the trigger is an error that names the video',
	async (status) => {
		const { failure } = await register(status);
		expect(failure).toMatchObject({
			...{ kind: 'notRegistered', videoId: 'video_1' },
			message: expect.stringContaining(`(HTTP ${status})`),
		});
		expect(failure?.message).toContain('https://n8n.example.com');
		expect(`${failure?.message} ${failure?.advice}`).not.toContain('secret');
	},
);

test.each(['', '{"message":"Workflow was started"}', '<html>Log in</html>'])(
	'a URL that is not of the trigger is an error, although it answers with a success: %j',
	async (text) => {
		const { failure } = await register({ text });
		expect(failure).toMatchObject({ kind: 'notRegistered', videoId: 'video_1' });
		expect(failure?.advice).toContain('Lumenfall Trigger');
	},
);

test.each(['http://127.0.0.1:5678/webhook/1', URL_OF_TRIGGER])(
	'%s is accepted as the URL of a trigger',
	(url) => {
		expect(() => checkTriggerUrl(url)).not.toThrow();
	},
);

test.each(['', 'registered', '/webhook/1', 'ftp://n8n.example.com', 'shttp://a.example'])(
	"'%s' is no URL of a trigger",
	(url) => {
		expect(() => checkTriggerUrl(url)).toThrow(/'Register With Trigger'/);
	},
);
