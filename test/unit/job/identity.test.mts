import type { IBinaryData, IDataObject, INodeProperties } from 'n8n-workflow';
import { operations, properties } from '../../../nodes/Lumenfall/actions/router';
import {
	hashOfParameters as hashOfForm,
	hashOfRequest,
	idempotencyKey,
	withPartKey,
} from '../../../nodes/Lumenfall/job/identity';
import type { RequestImages } from '../../../nodes/Lumenfall/request/videoRequest';
import { REQUEST } from '../../support/createStage.mts';

const origin = { instanceId: 'i', executionId: '7', nodeId: 'n', nodeName: 'Make' };
const form = {
	operation: 'textToVideo',
	prompt: '={{ $now }}',
	seconds: 8,
	waitMode: 'poll',
	options: { seed: '={{ Math.random() }}', timeout: 60 },
};
const item = { json: { topic: 'a boat', at: { b: 1, a: 2 } } };
const hashOfParameters = (parameters: IDataObject, agentArguments?: unknown[]) =>
	hashOfForm(parameters, properties, agentArguments);
const file = (change: Partial<IBinaryData>): { data: IBinaryData } => ({
	data: { data: 'filesystem-v2', mimeType: 'image/png', fileName: 'a.png', ...change },
});
const imageFile = (text: string): RequestImages => ({
	image: { kind: 'file', bytes: Buffer.from(text), mimeType: 'image/png', fileName: 'a.png' },
});

test('a stored request is found again by every later version', () => {
	expect(hashOfParameters({ ...form, style: '', model: 'sora-2' })).toBe(
		'ea78b4d25b88668c462a21bbbb92c97697b613717207ef7cba48f77ae0292d82',
	);
	const clip = { fileName: 'clip.mp4' };
	expect(
		hashOfRequest('form', { ...item, binary: file({ fileSize: '2 MB' }) }, imageFile('one'), clip),
	).toBe('dd7e79f70553ef4d23b85f09e453a40a');
	expect(idempotencyKey(origin, '0/2/hash', 'sora-2', 1)).toBe(
		'n8n-929a247f841c342e5800004617935a446c86ee00e56e8042dbd51c5cff572758',
	);
});

test('a new display name of a model in the list is no other video, but another model is', () => {
	const withModel = (value: string, cachedResultName: string) => {
		const model = { __rl: true, mode: 'list', value, cachedResultName };
		return hashOfParameters({ model, models: { model: [{ model }] } });
	};
	expect(withModel('sora-2', 'Sora 2 (from 0.80 USD)')).toBe(withModel('sora-2', 'Sora 2'));
	expect(withModel('sora-2-pro', 'Sora 2')).not.toBe(withModel('sora-2', 'Sora 2'));
});

test('fields with their default value are no other video: n8n fills in those that an update adds', () => {
	const { operation, prompt, seconds } = form;
	const before = hashOfParameters({ operation, prompt, seconds });
	const filled = { style: '', binaryPropertyName: 'data', scenes: {}, returnAll: false };
	expect(hashOfParameters({ operation, prompt, seconds, ...filled })).toBe(before);
	expect(hashOfParameters({ operation, prompt, seconds, ...filled, style: 'film' })).not.toBe(
		before,
	);
});

test('a default that depends on the operation counts, so that each value is another video', () => {
	const hashes = [{}, { seconds: 8 }, { seconds: 0 }].map((edit) => hashOfParameters(edit));
	expect(new Set(hashes).size).toBe(3);
});

/** The operations that create a video which is paid for. */
const CREATING = ['compare', 'edit', 'extend', 'imageToVideo', 'storyboard', 'textToVideo'];
const FIELDS = CREATING.flatMap((name) => operations.video[name].description);
const namesOf = (fields: INodeProperties[]) => [...new Set(fields.map(({ name }) => name))].sort();

/** A new field or option fails the test until it is in one of these lists, or in one of `identity.ts`. */
const FIELDS_ABOUT_THE_VIDEO = [
	...['aspectRatio', 'binaryPropertyName', 'customSize', 'imageSource', 'imageUrl', 'model'],
	...['modelIds', 'models', 'modelsFrom', 'options', 'prompt', 'resolution', 'sceneList'],
	...['scenes', 'scenesFrom', 'seconds', 'style', 'videoId', 'videoSource', 'videoUrl'],
];
const OPTIONS_ABOUT_THE_VIDEO = [
	...['additionalParameters', 'audio', 'continueScenes', 'creativity', 'idempotencyKey'],
	...['imageFit', 'imageRole', 'lastFrame', 'lastFrameParameter', 'negativePrompt'],
	...['referenceAudio', 'referenceImages', 'referenceVideos', 'seed', 'sendVideoAs'],
	...['upscaleFactor', 'user'],
];

test('a change is another video exactly if it is about the video: every field and option', () => {
	const changes = (form: IDataObject) => hashOfParameters(form) !== hashOfParameters({});
	expect(namesOf(FIELDS).filter((name) => changes({ [name]: 'new' }))).toEqual(
		FIELDS_ABOUT_THE_VIDEO,
	);
	const changesOption = (name: string) =>
		hashOfParameters({ options: { [name]: 'new' } }) !== hashOfParameters({ options: {} });
	const options = FIELDS.filter(({ name }) => name === 'options').flatMap(
		(field) => field.options as INodeProperties[],
	);
	expect(namesOf(options).filter(changesOption)).toEqual(OPTIONS_ABOUT_THE_VIDEO);
});

test.each<[string, object]>([
	['the timeout', { options: { ...form.options, timeout: 3600 } }],
	['the way to wait', { waitMode: 'webhook' }],
	['the output field', { outputBinaryField: 'video' }],
	['a limit of cost', { options: { ...form.options, maxCost: 5, maxRunCost: 9 } }],
	['a fallback model', { options: { ...form.options, fallbackModels: 'veo' } }],
	['the file name', { options: { ...form.options, fileName: 'boat' } }],
])('a change of %s keeps the video', (_, edit) => {
	expect(hashOfParameters({ ...form, ...edit })).toBe(hashOfParameters(form));
});

test.each<[string, object]>([
	['the prompt', { prompt: '={{ $json.topic }}' }],
	['the duration', { seconds: 4 }],
	['the operation', { operation: 'compare' }],
	['the seed', { options: { ...form.options, seed: 7 } }],
	['a parameter of a later version', { style: 'film' }],
	['all options', { options: '={{ $json.options }}' }],
])('a change of %s is another video', (_, edit) => {
	expect(hashOfParameters({ ...form, ...edit })).not.toBe(hashOfParameters(form));
});

test('the arguments of an agent are part of the request', () => {
	expect(hashOfParameters(form, ['a boat'])).not.toBe(hashOfParameters(form, ['a ship']));
});

test('another item, file or image is another request, and the order of fields does not matter', () => {
	const hashes = [
		hashOfRequest('form', item),
		hashOfRequest('other form', item),
		hashOfRequest('form', { json: { topic: 'a ship' } }),
		hashOfRequest('form', { ...item, binary: file({}) }),
		hashOfRequest('form', { ...item, binary: file({ fileName: 'b.png' }) }),
		hashOfRequest('form', item, imageFile('one')),
		hashOfRequest('form', item, imageFile('two')),
		hashOfRequest('form', item, { image: { kind: 'url', url: 'https://a.example/1.png' } }),
		hashOfRequest('form', item, { referenceImages: [imageFile('one').image!] }),
		hashOfRequest('form', item, { lastFrame: imageFile('one').image }),
	];
	expect(new Set(hashes).size).toBe(hashes.length);
	const turned = { json: { at: { a: 2, b: 1 }, topic: 'a boat' } };
	expect(hashOfRequest('form', turned)).toBe(hashes[0]);
});

test('an item that contains itself has a hash, the same on each try', () => {
	const circular = (topic: string) => {
		const json: IDataObject = { topic };
		return hashOfRequest('form', { json: Object.assign(json, { self: json, list: [json] }) });
	};
	expect(circular('a boat')).toBe(circular('a boat'));
	expect(circular('a boat')).not.toBe(circular('a ship'));
});

test('an image URL counts as written, because an expression may give another one on each try', () => {
	const at = (url: string): RequestImages => ({ image: { kind: 'url', url } });
	const [one, other] = ['https://a.example/1.png?v=1', 'https://a.example/1.png?v=2'];
	expect(hashOfRequest('form', item, at(one))).toBe(hashOfRequest('form', item, at(other)));
	expect(hashOfParameters({ imageUrl: one })).not.toBe(hashOfParameters({ imageUrl: other }));
});

test('a file that n8n has moved to another execution is the same file', () => {
	const stored = (id: string) => ({
		...item,
		binary: { data: { data: 'filesystem-v2', mimeType: 'image/png', id } },
	});
	expect(hashOfRequest('form', stored('executions/7/x'))).toBe(
		hashOfRequest('form', stored('executions/temp/x')),
	);
});

test('another instance, execution, node, request, model or attempt gives another key', () => {
	const keys = [
		idempotencyKey(origin, '0/2/hash', 'sora-2', 0),
		idempotencyKey({ ...origin, instanceId: 'j' }, '0/2/hash', 'sora-2', 0),
		idempotencyKey({ ...origin, executionId: '8' }, '0/2/hash', 'sora-2', 0),
		idempotencyKey({ ...origin, nodeId: 'm' }, '0/2/hash', 'sora-2', 0),
		idempotencyKey({ ...origin, nodeName: 'Make1' }, '0/2/hash', 'sora-2', 0),
		idempotencyKey(origin, '1/2/hash', 'sora-2', 0),
		idempotencyKey(origin, '0/2/hash', 'veo', 0),
		idempotencyKey(origin, '0/2/hash', 'sora-2', 1),
	];
	expect(new Set(keys).size).toBe(keys.length);
	expect(idempotencyKey({ ...origin }, '0/2/hash', 'sora-2', 0)).toBe(keys[0]);
	expect(Math.max(...keys.map((key) => key.length))).toBeLessThanOrEqual(256);
});

test('a video file that an expression returned is part of the request', () => {
	const clip = { fileName: 'clip.mp4', mimeType: 'video/mp4', fileSize: '2 MB' };
	const hashes = [
		hashOfRequest('form', item),
		hashOfRequest('form', item, {}, clip),
		hashOfRequest('form', item, {}, { ...clip, fileName: 'other.mp4' }),
		hashOfRequest('form', item, {}, { ...clip, fileSize: '3 MB' }),
	];
	expect(new Set(hashes).size).toBe(hashes.length);
	expect(hashOfRequest('form', item, {}, { ...clip })).toBe(hashes[1]);
});

describe('the idempotency key of the form', () => {
	const keyFor = (idempotencyKey: string, part: string) =>
		withPartKey({ ...REQUEST, idempotencyKey }, part).idempotencyKey;

	test('names the part of the item, so that its requests are told apart in the list of the server', () => {
		expect(keyFor('order-7', 'scene 2')).toBe('order-7/scene 2');
	});

	test('stays within the limit of the server, and is another one for each part', () => {
		const longest = 'k'.repeat(254);
		expect(keyFor(longest, '2')).toBe(`${longest}/2`);
		const [second, third] = ['2', '3'].map((part) => keyFor(`${longest}k`, part)!);
		expect(second.length).toBeLessThanOrEqual(256);
		expect(third).not.toBe(second);
		expect(keyFor(`${longest}k`, '2')).toBe(second);
	});
});
