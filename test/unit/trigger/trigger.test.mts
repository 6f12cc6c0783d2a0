import { cronNodeOptions, type IHookFunctions } from 'n8n-workflow';
import { LumenfallTrigger } from '../../../nodes/LumenfallTrigger/LumenfallTrigger.node';
import { Form } from '../../../nodes/Lumenfall/parameters/form';
import { readEvents } from '../../../nodes/LumenfallTrigger/readForm';
import codex from '../../../nodes/LumenfallTrigger/LumenfallTrigger.node.json';
import { hasSeen, remember, seenKey } from '../../../nodes/LumenfallTrigger/receivedEvents';

/** `commonPollingParameters` of n8n-core. */
const commonPollTimes = {
	displayName: 'Poll Times',
	type: 'fixedCollection',
	default: { item: [{ mode: 'everyMinute' }] },
	options: cronNodeOptions,
};

const { description, webhookMethods } = new LumenfallTrigger();

test('the names that saved workflows depend on exist', () => {
	expect(description).toMatchObject({
		name: 'lumenfallTrigger',
		displayName: 'Lumenfall Trigger',
		credentials: [{ name: 'lumenfallApi' }],
		inputs: [],
		webhooks: [{ name: 'default', path: 'video' }],
	});
	expect(codex.node).toBe('n8n-nodes-lumenfall.lumenfallTrigger');
	expect(description.properties.map(({ name }) => name)).toEqual([
		'noticeBy',
		'notice',
		'notice',
		'notice',
		'pollTimes',
		'pollTimes',
		'events',
		'download',
		'outputBinaryField',
		'options',
	]);
});

test('every event that a server may send can be selected', () => {
	const events = description.properties.find(({ name }) => name === 'events');
	const values = (events?.options as Array<{ value: string }>).map(({ value }) => value);
	expect(values).toEqual(['video.cancelled', 'video.completed', 'video.failed']);
});

test('nothing is registered with the server, and n8n considers the webhook registered', async () => {
	const { checkExists, create, delete: remove } = webhookMethods.default;
	const events = { getNodeParameter: () => ['video.completed'] };
	const host = events as unknown as IHookFunctions;
	expect([await checkExists.call(host), await create(), await remove()]).toEqual([
		true,
		true,
		true,
	]);
});

test.each([
	[
		['video.completed', 'video.cancelled'],
		['video.completed', 'video.cancelled'],
	],
	['Completed, Failed', ['video.completed', 'video.failed']],
	['VIDEO.CANCELED', ['video.cancelled']],
	['Video Failed, Video Completed', ['video.failed', 'video.completed']],
])('the events may be given as %j', (given, events) => {
	expect(readEvents(new Form(() => given))).toEqual(events);
});

test('an unknown event is an error at the activation', async () => {
	const host = { getNodeParameter: () => ['video.finished'], getNode: () => ({ name: 'Trigger' }) };
	const activation = webhookMethods.default.checkExists.call(host as unknown as IHookFunctions);
	await expect(activation).rejects.toThrow(/^'Events' is 'video.finished'/);
});

test("n8n's own poll times are shown if the trigger polls, and are empty otherwise", () => {
	const [shown, hidden] = description.properties.filter(({ name }) => name === 'pollTimes');
	expect(shown).toMatchObject({
		...commonPollTimes,
		displayOptions: { show: { noticeBy: ['list', 'registered'] } },
	});
	expect(hidden).toMatchObject({
		type: 'hidden',
		default: { item: [] },
		displayOptions: { show: { noticeBy: ['webhook'] } },
	});
});

test('a delivery is remembered by video and event, and the memory is limited', () => {
	const memory = {};
	const completed = seenKey({ videoId: 'video_0', event: 'video.completed' });
	remember(memory, completed);
	expect(hasSeen(memory, completed)).toBe(true);
	expect(hasSeen(memory, seenKey({ videoId: 'video_0', event: 'video.failed' }))).toBe(false);
	for (let index = 1; index <= 500; index++) remember(memory, `video_${index}`);
	expect(hasSeen(memory, completed)).toBe(false);
	expect(hasSeen(memory, 'video_1')).toBe(true);
});

test('a memory with unexpected content causes no error', () => {
	expect(hasSeen({ seen: 'x' }, 'x')).toBe(false);
});
