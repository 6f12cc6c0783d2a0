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

const everyOperation = menu.flatMap(({ resource, operations: entries }) =>
	entries.map(({ value }) => [resource, value] as const),
);

/** Returns the parameters that a user sees for these choices. All others have their defaults. */
function shown(choices: INodeParameters): string[] {
	const values = NodeHelpers.getNodeParameters(properties, choices, true, false, null, description);
	return properties
		.filter((property) => NodeHelpers.displayParameter(values!, property, null, description))
		.map(({ name }) => name);
}

/** Whether a field depends on another one, apart from the choice of the operation. */
function isDependent({ displayOptions: { show, hide } = {} }: INodeProperties): boolean {
	return Object.keys({ ...show, ...hide }).some(
		(name) => !['resource', 'operation'].includes(name),
	);
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

/** What the form shows below 'Operation'. A field that is not among the choices has its default. */
const SHOWN: Array<[operation: string, choices: INodeParameters, fields: string]> = [
	[
		'video textToVideo',
		{},
		'model prompt seconds aspectRatio resolution waitMode output outputBinaryField options',
	],
	[
		'video textToVideo',
		{ aspectRatio: 'custom', output: 'url' },
		'model prompt seconds aspectRatio customSize waitMode output options',
	],
	[
		'video textToVideo',
		{ waitMode: 'none' },
		'model prompt seconds aspectRatio resolution waitMode options',
	],
	[
		'video imageToVideo',
		{},
		'model prompt imageSource binaryPropertyName seconds aspectRatio resolution waitMode output outputBinaryField options',
	],
	[
		'video imageToVideo',
		{ imageSource: 'url', output: 'url' },
		'model prompt imageSource imageUrl seconds aspectRatio resolution waitMode output options',
	],
	[
		'video imageToVideo',
		{ aspectRatio: 'custom', waitMode: 'none' },
		'model prompt imageSource binaryPropertyName seconds aspectRatio customSize waitMode options',
	],
	[
		'video storyboard',
		{},
		'model scenesFrom scenes style imageSource seconds aspectRatio resolution waitMode outputBinaryField options',
	],
	[
		'video storyboard',
		{ scenesFrom: 'text', imageSource: 'binary' },
		'model scenesFrom sceneList style imageSource binaryPropertyName seconds aspectRatio resolution waitMode outputBinaryField options',
	],
	[
		'video storyboard',
		{ imageSource: 'url', aspectRatio: 'custom' },
		'model scenesFrom scenes style imageSource imageUrl seconds aspectRatio customSize waitMode outputBinaryField options',
	],
	[
		'video compare',
		{},
		'modelsFrom models prompt imageSource seconds aspectRatio resolution output outputBinaryField comparisonPage pageBinaryField options',
	],
	[
		'video compare',
		{ modelsFrom: 'text', imageSource: 'url', output: 'url' },
		'modelsFrom modelIds prompt imageSource imageUrl seconds aspectRatio resolution output comparisonPage pageBinaryField options',
	],
	[
		'video compare',
		{ imageSource: 'binary', aspectRatio: 'custom', comparisonPage: false },
		'modelsFrom models prompt imageSource binaryPropertyName seconds aspectRatio customSize output outputBinaryField comparisonPage options',
	],
	['video join', {}, 'clipsFrom clipFields sound outputBinaryField options'],
	[
		'video join',
		{ sound: 'file' },
		'clipsFrom clipFields sound soundField outputBinaryField options',
	],
	...['video extend', 'video edit'].flatMap((change): typeof SHOWN => [
		[
			change,
			{},
			'videoSource videoId model prompt seconds waitMode output outputBinaryField options',
		],
		[
			change,
			{ videoSource: 'url', output: 'url' },
			'videoSource videoUrl model prompt seconds waitMode output options',
		],
		[
			change,
			{ videoSource: 'binary', waitMode: 'none' },
			'videoSource binaryPropertyName model prompt seconds waitMode options',
		],
	]),
	['video estimateCost', {}, 'model prompt imageSource seconds aspectRatio resolution options'],
	[
		'video estimateCost',
		{ imageSource: 'binary' },
		'model prompt imageSource binaryPropertyName seconds aspectRatio resolution options',
	],
	[
		'video estimateCost',
		{ imageSource: 'url', aspectRatio: 'custom' },
		'model prompt imageSource imageUrl seconds aspectRatio customSize options',
	],
	['video get', {}, 'videoId'],
	['video getAll', {}, 'returnAll limit filters'],
	['video getAll', { returnAll: true }, 'returnAll filters'],
	['video wait', {}, 'videoId output outputBinaryField options'],
	['video wait', { output: 'url' }, 'videoId output options'],
	['video download', {}, 'videoId variant outputBinaryField options'],
	['video cancel', {}, 'videoId'],
	['model get', {}, 'model'],
	['model getAll', {}, 'returnAll limit filters'],
	['model getAll', { returnAll: true }, 'returnAll filters'],
	['account getBalance', {}, ''],
];

test.each(SHOWN)(
	'%s with the choices %j shows the fields that it uses and no others',
	(name, choices, fields) => {
		const [resource, operation] = name.split(' ');
		expect(shown({ resource, operation, ...choices })).toEqual(
			['resource', 'operation', ...fields.split(' ')].filter(Boolean),
		);
	},
);

test.each(everyOperation)(
	'%s %s is in the table, with and without each field that depends on a choice',
	(resource, operation) => {
		const rows = SHOWN.filter(([name]) => name === `${resource} ${operation}`);
		const lists = rows.map(([, , fields]) => fields.split(' '));
		expect(lists).not.toEqual([]);
		for (const { name } of operations[resource][operation].description.filter(isDependent)) {
			const isShown = lists.map((names) => names.includes(name));
			expect([name, new Set(isShown)]).toEqual([name, new Set([true, false])]);
		}
	},
);

test('a suspended execution returns the same as polling, so the form has the same fields', () => {
	const form = { resource: 'video', operation: 'textToVideo' };
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
	const dependent = properties.filter(isDependent);
	expect(dependent.length).toBeGreaterThan(10);
	expect(dependent.filter(({ required }) => required).map(({ name }) => name)).toEqual([]);
});

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
		const empty = Object.fromEntries(fields.filter(isDependent).map(({ name }) => [name, '']));
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

test('the editor shows the description of every menu entry in full: two lines', () => {
	const fields = [properties, new LumenfallTrigger().description.properties].flat();
	const entries = allProperties(fields).flatMap(({ options = [] }) => options);
	const long = entries.filter(
		(entry) => 'value' in entry && (entry.description ?? '').length > 116,
	);
	expect(long.map(({ name }) => name)).toEqual([]);
});
