import { NodeHelpers, type INodeProperties, type INodeParameters } from 'n8n-workflow';
import { operations } from '../../../nodes/Lumenfall/actions/router';
import { LumenfallApi } from '../../../credentials/LumenfallApi.credentials';
import { Lumenfall } from '../../../nodes/Lumenfall/Lumenfall.node';
import { LumenfallTrigger } from '../../../nodes/LumenfallTrigger/LumenfallTrigger.node';
import codex from '../../../nodes/Lumenfall/Lumenfall.node.json';

const { description } = new Lumenfall();
const { properties } = description;

function allProperties(list: INodeProperties[]): INodeProperties[] {
	return list.flatMap((property) => [
		property,
		...(property.type === 'collection' ? allProperties(property.options as INodeProperties[]) : []),
	]);
}

/** The operations of the menu, by resource. */
const menu = properties
	.filter(({ name }) => name === 'operation')
	.map(({ displayOptions, options }) => ({
		resource: String(displayOptions?.show?.resource?.[0]),
		operations: options as Array<{ value: string; action?: string }>,
	}));

/** The parameters a user sees for these choices. */
function shown(values: INodeParameters): string[] {
	return properties
		.filter((property) =>
			NodeHelpers.displayParameter({ resource: 'video', ...values }, property, null, description),
		)
		.map(({ name }) => name);
}

test('every operation in the menu is implemented, and every implemented operation is in the menu', () => {
	expect(menu.map(({ resource }) => resource).sort()).toEqual(Object.keys(operations).sort());
	for (const { resource, operations: entries } of menu) {
		const known = Object.keys(operations[resource]).sort();
		expect(entries.map(({ value }) => value).sort()).toEqual(known);
	}
	const sentences = menu.flatMap(({ operations }) => operations.map(({ action }) => action));
	for (const sentence of sentences) expect(sentence).toBeTruthy();
	expect(new Set(sentences).size).toBe(sentences.length);
});

test('the node has its name and can be used as a tool', () => {
	expect(description).toMatchObject({
		name: 'lumenfall',
		displayName: 'Lumenfall',
		usableAsTool: true,
	});
});

test('each operation shows the fields it uses and no others', () => {
	const text = shown({
		operation: 'textToVideo',
		waitMode: 'poll',
		output: 'file',
		aspectRatio: '16:9',
	});
	expect(text).toEqual([
		'resource',
		'operation',
		'model',
		'prompt',
		'seconds',
		'aspectRatio',
		'resolution',
		'waitMode',
		'output',
		'outputBinaryField',
		'options',
	]);
	expect(
		shown({
			operation: 'imageToVideo',
			imageSource: 'binary',
			waitMode: 'none',
			aspectRatio: 'custom',
		}),
	).toEqual([
		'resource',
		'operation',
		'model',
		'prompt',
		'imageSource',
		'binaryPropertyName',
		'seconds',
		'aspectRatio',
		'customSize',
		'waitMode',
		'options',
	]);
	expect(
		shown({
			operation: 'imageToVideo',
			imageSource: 'url',
			waitMode: 'poll',
			output: 'url',
			aspectRatio: '1:1',
		}),
	).toContain('imageUrl');
	expect(
		shown({
			operation: 'compare',
			modelsFrom: 'list',
			imageSource: 'none',
			aspectRatio: '16:9',
			output: 'file',
			comparisonPage: true,
		}),
	).toEqual([
		'resource',
		'operation',
		'modelsFrom',
		'models',
		'prompt',
		'imageSource',
		'seconds',
		'aspectRatio',
		'resolution',
		'output',
		'outputBinaryField',
		'comparisonPage',
		'pageBinaryField',
		'options',
	]);
	expect(
		shown({
			operation: 'compare',
			modelsFrom: 'text',
			imageSource: 'url',
			aspectRatio: 'custom',
			output: 'url',
			comparisonPage: false,
		}),
	).toEqual([
		'resource',
		'operation',
		'modelsFrom',
		'modelIds',
		'prompt',
		'imageSource',
		'imageUrl',
		'seconds',
		'aspectRatio',
		'customSize',
		'output',
		'comparisonPage',
		'options',
	]);
	expect(shown({ operation: 'get' })).toEqual(['resource', 'operation', 'videoId']);
	expect(shown({ operation: 'download' })).toEqual([
		'resource',
		'operation',
		'videoId',
		'variant',
		'outputBinaryField',
		'options',
	]);
	expect(shown({ operation: 'wait', output: 'file' })).toEqual([
		'resource',
		'operation',
		'videoId',
		'output',
		'outputBinaryField',
		'options',
	]);
	expect(shown({ operation: 'getAll', returnAll: true })).toEqual([
		'resource',
		'operation',
		'returnAll',
		'filters',
	]);
	expect(shown({ operation: 'cancel' })).toEqual(['resource', 'operation', 'videoId']);
	expect(shown({ operation: 'estimateCost', imageSource: 'none', aspectRatio: '16:9' })).toEqual([
		'resource',
		'operation',
		'model',
		'prompt',
		'imageSource',
		'seconds',
		'aspectRatio',
		'resolution',
		'options',
	]);
	expect(shown({ resource: 'model', operation: 'get' })).toEqual([
		'resource',
		'operation',
		'model',
	]);
	expect(shown({ resource: 'model', operation: 'getAll', returnAll: false })).toEqual([
		'resource',
		'operation',
		'returnAll',
		'limit',
		'filters',
	]);
	expect(shown({ resource: 'account', operation: 'getBalance' })).toEqual([
		'resource',
		'operation',
	]);
});

test('a suspended execution returns the same as polling, so the form has the same fields', () => {
	const form = { operation: 'textToVideo', output: 'file', aspectRatio: '16:9' };
	expect(shown({ ...form, waitMode: 'webhook' })).toEqual(shown({ ...form, waitMode: 'poll' }));
	expect(shown({ ...form, waitMode: 'none' })).not.toContain('output');
});

test.each([
	['poll', ['ifCannotPark', 'parkMinutes', 'triggerUrl']],
	['webhook', ['triggerUrl', 'webhookUrl']],
	[
		'none',
		[
			...['fallbackOnFailure', 'ifCannotPark', 'firstPoll'],
			...['markDelivered', 'maxPollInterval', 'parkMinutes', 'publicLinkHours', 'queueCounts'],
		],
	],
])('with the wait mode %s only the options without effect are hidden', (waitMode, hidden) => {
	const { options } = operations.video.textToVideo.description.find(
		({ name }) => name === 'options',
	)!;
	const root = { resource: 'video', operation: 'textToVideo', waitMode };
	const notShown = (options as INodeProperties[]).filter(
		(option) => !NodeHelpers.displayParameter({}, option, null, description, root),
	);
	expect(notShown.map(({ name }) => name)).toEqual(hidden);
});

test('the URL that resumes an execution is not a URL of the workflow', () => {
	expect(description.webhooks).toMatchObject([
		{ httpMethod: 'POST', path: 'video', restartWebhook: true, responseMode: 'onReceived' },
	]);
});

test('a field that depends on another is never required', () => {
	const dependent = properties.filter(({ displayOptions: { show, hide } = {} }) =>
		Object.keys({ ...show, ...hide }).some((name) => !['resource', 'operation'].includes(name)),
	);
	expect(dependent.length).toBeGreaterThan(10);
	expect(dependent.filter(({ required }) => required).map(({ name }) => name)).toEqual([]);
});

const everyOperation = menu.flatMap(({ resource, operations: entries }) =>
	entries.map(({ value }) => [resource, value] as const),
);

test.each(everyOperation)(
	'%s %s: every field can be an expression, and an empty dependent field blocks nothing',
	(resource, operation) => {
		const fields = operations[resource][operation].description;
		const computed = Object.fromEntries(
			fields.map(({ name, type }) => [
				name,
				['collection', 'fixedCollection'].includes(type) ? {} : '={{ $json.x }}',
			]),
		);
		const dependent = fields.filter(({ displayOptions: { show, hide } = {} }) =>
			Object.keys({ ...show, ...hide }).some((name) => !['resource', 'operation'].includes(name)),
		);
		const empty = Object.fromEntries(dependent.map(({ name }) => [name, '']));
		for (const parameters of [computed, { ...computed, ...empty }]) {
			const node = {
				id: '1',
				name: 'Lumenfall',
				type: 'lumenfall',
				typeVersion: 1,
				position: [0, 0] as [number, number],
				parameters: { resource, operation, ...parameters },
			};
			expect(NodeHelpers.getNodeParametersIssues(properties, node, description)).toBeNull();
		}
	},
);

const form: Array<[string, INodeProperties[]]> = [
	['node', properties],
	['trigger', new LumenfallTrigger().description.properties],
	['credential', new LumenfallApi().properties],
];

describe.each(form)('the texts of the %s', (_, fields) => {
	const all = allProperties(fields);

	test('every field has a description', () => {
		const named = ['resource', 'operation', 'options', 'filters', 'notice'];
		for (const { name, description: text, hint } of all) {
			if (!named.includes(name))
				expect([name, text ?? hint]).toEqual([name, expect.stringMatching(/\w{3}/)]);
		}
	});

	test('number fields name their unit', () => {
		const countable = ['limit', 'itemsAtOnce', 'seed', 'creativity', 'upscaleFactor'];
		for (const { name, type, displayName, description: text = '' } of all) {
			if (type === 'number' && !countable.includes(name))
				expect([name, `${displayName} ${text}`]).toEqual([
					name,
					expect.stringMatching(/seconds|minutes|hours|USD/i),
				]);
		}
	});

	test('boolean descriptions start with "Whether", and only several sentences end with a full stop', () => {
		for (const { name, type, text } of textsOf(all)) {
			if (type === 'boolean')
				expect([name, text]).toEqual([name, expect.stringMatching(/^Whether /)]);
			const isOne = !/[.!?] /.test(text.replace(/e\.g\. /g, ''));
			expect([name, text, text.endsWith('.')]).toEqual([name, text, !isOne]);
		}
	});

	test('the texts use the vocabulary of the field', () => {
		const avoided =
			/\bordered|an order\b|park(ed|ing)?\b|\bpictures?\b|\baddress|\btells?\b|\btakes?\b|\bwants?\b|\bblip|side by side|at once|\bhold\b/i;
		for (const { name, text } of textsOf(all)) {
			expect([name, text.match(avoided)?.[0]]).toEqual([name, undefined]);
		}
	});
});

/** All descriptions of fields and of their options, without names. */
function textsOf(fields: INodeProperties[]): Array<{ name: string; type?: string; text: string }> {
	return fields.flatMap(({ name, type, displayName, description: text, hint, options = [] }) => [
		...(type === 'notice' ? [{ name, text: displayName }] : []),
		...(text ? [{ name, type, text }] : []),
		...(hint ? [{ name, text: hint }] : []),
		...options.flatMap((option) =>
			'description' in option && !('type' in option) && option.description
				? [{ name: `${name}: ${option.name}`, text: option.description }]
				: [],
		),
	]);
}

test('the node is found by common search terms', () => {
	for (const alias of [
		'sora',
		'sora 2',
		'text to video',
		'image to video',
		'video generation',
		'veo',
		'kling',
	]) {
		expect(codex.alias).toContain(alias);
	}
	expect(codex.node).toBe('n8n-nodes-lumenfall.lumenfall');
});
