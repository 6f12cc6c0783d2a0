import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { operations } from '../../../nodes/Lumenfall/actions/router';
import { buildRequest } from '../../../nodes/Lumenfall/create/buildRequest';
import { failureOf } from '../../../nodes/Lumenfall/errors/failure';
import { showItemNotes } from '../../../nodes/Lumenfall/output/showHint';
import { readClipFiles, readSoundFile } from '../../../nodes/Lumenfall/parameters/clips';
import { readComparisonInput } from '../../../nodes/Lumenfall/parameters/comparisonInput';
import {
	readModel,
	readModelFilters,
	readVideoFilters,
} from '../../../nodes/Lumenfall/parameters/filters';
import { readImages } from '../../../nodes/Lumenfall/parameters/openImages';
import { readIsJoinedPerItem, readJoinInput } from '../../../nodes/Lumenfall/parameters/joinInput';
import { readOptions, readRunSettings } from '../../../nodes/Lumenfall/parameters/options';
import { readStoryboardInput } from '../../../nodes/Lumenfall/parameters/storyboardInput';
import {
	readTarget,
	readVideoInput,
	waitSettingsOf,
} from '../../../nodes/Lumenfall/parameters/videoInput';
import { readEvents, readNoticeBy } from '../../../nodes/LumenfallTrigger/readForm';
import { LumenfallTrigger } from '../../../nodes/LumenfallTrigger/LumenfallTrigger.node';
import { fakeForm, inMemory } from '../../support/fakeForm.mts';
import { encoded, quarters } from '../../support/images.mts';

/**
 * Tests every field and option of every operation, taken from the form itself. A value is read in the same way in every
 * notation that a spreadsheet, an expression or an agent uses. An invalid value is refused with the display name. A new
 * field is tested as soon as it is in the form, and the test fails if no code reads it.
 */

type Values = Record<string, unknown>;

type Opened = ReturnType<typeof fakeForm>;

/** Reads what each operation reads of its form before it sends anything. */
const READERS: Record<string, (opened: Opened) => unknown> = {
	'account/getBalance': () => ({}),
	'model/get': ({ form }) => readModel(form),
	'model/getAll': ({ form }) => readModelFilters(form),
	'video/cancel': ({ form }) => form.videoId(),
	'video/compare': readComparison,
	'video/download': (opened) => ({
		videoId: opened.form.videoId(),
		field: opened.form.binaryField(),
		variant: opened.form.choice('variant', 'Variant', ['video', 'thumbnail', 'spritesheet']),
		...runOptionsOf(opened),
	}),
	'video/edit': readChange,
	'video/estimateCost': readCreate,
	'video/extend': readChange,
	'video/get': ({ form }) => form.videoId(),
	'video/getAll': ({ form }) => readVideoFilters(form, 'UTC'),
	'video/imageToVideo': readCreate,
	'video/join': readJoin,
	'video/storyboard': readStoryboard,
	trigger: ({ form }) => ({
		...{ noticeBy: readNoticeBy(form), events: readEvents(form) },
		download: form.flag('download', 'Download Video', true),
		field: form.binaryField(),
		fileName: readOptions(form).fileName,
	}),
	'video/textToVideo': readCreate,
	'video/wait': (opened) => ({
		videoId: opened.form.videoId(),
		target: readTarget(opened.form, readOptions(opened.form)),
		wait: waitSettingsOf(readOptions(opened.form)),
		...runOptionsOf(opened),
	}),
};

function runOptionsOf(opened: Opened) {
	return { options: readOptions(opened.form), ofTheRun: readRunSettings(opened) };
}

async function readCreate(opened: Opened) {
	const input = readVideoInput(opened.form);
	const images = input.images ? await readImages(opened.item, input.images) : {};
	return { input, request: buildRequest(input.settings, images), ...runOptionsOf(opened) };
}

async function readChange(opened: Opened) {
	const { source, ...input } = readVideoInput(opened.form);
	const { change } = source!;
	const settings = { ...input.settings, model: input.settings.model || 'the model of the video' };
	const sent = { change, video: { kind: 'id', id: 'video_1' }, way: 'changeRoute' } as const;
	return { source, input, request: buildRequest(settings, {}, sent), ...runOptionsOf(opened) };
}

async function readComparison(opened: Opened) {
	const { images: selection, ...input } = readComparisonInput(opened.form);
	const images = await readImages(opened.item, selection);
	const settings = { ...input.settings, model: input.models[0] };
	return { ...input, request: buildRequest(settings, images), ...runOptionsOf(opened) };
}

async function readStoryboard(opened: Opened) {
	const input = readStoryboardInput(opened.form);
	const images = await readImages(opened.item, input.images);
	return {
		input,
		requests: input.scenes.map(({ settings }) => buildRequest(settings, images)),
		...runOptionsOf(opened),
	};
}

async function readJoin(opened: Opened) {
	const input = readJoinInput(opened.form);
	const sound = input.sound === 'file' ? await readSoundFile(opened.item) : undefined;
	const names = (await readClipFiles(opened, [0])).map(({ fileName }) => fileName);
	return { input, names, sound: sound?.fileName, isPerItem: readIsJoinedPerItem(opened) };
}

const wide = encoded(quarters(64, 36), 'image/png');
const tall = encoded(quarters(36, 64), 'image/png');
const item = {
	json: {},
	binary: { data: inMemory(wide, 'data.png'), photo: inMemory(tall, 'photo.png') },
};

/** Two values of a field, if its type alone does not determine them. */
const SAMPLES: Record<string, [unknown, unknown]> = {
	additionalParameters: [{ style: 'film' }, { style: 'ink' }],
	binaryPropertyName: ['data', 'photo'],
	clipFields: ['data', 'photo, data'],
	createdAfter: ['2026-11-28T10:00:00.000Z', '2026-11-27T10:00:00.000Z'],
	createdBefore: ['2026-11-28T10:00:00.000Z', '2026-11-27T10:00:00.000Z'],
	customSize: ['1280x720', '720x1280'],
	imageUrl: ['https://example.com/a.png', 'https://example.com/b.png'],
	lastFrame: ['data', 'https://example.com/end.png'],
	model: ['sora-2', 'kling-v3'],
	modelIds: ['sora-2, kling-v3', 'sora-2, veo-3.1-fast'],
	models: [rows('sora-2', 'kling-v3'), rows('kling-v3', 'sora-2')],
	sceneList: ['the sea\nthe shore', 'the shore'],
	scenes: [scenes('the sea', 'the shore'), scenes('the shore', 'the sea')],
	referenceImages: ['photo', 'data, https://example.com/b.png'],
	referenceAudio: [
		'https://example.com/a.mp3',
		'https://example.com/b.mp3, https://example.com/c.mp3',
	],
	referenceVideos: [
		'https://example.com/a.mp4',
		'https://example.com/b.mp4, https://example.com/c.mp4',
	],
	soundField: ['data', 'photo'],
	videoUrl: ['https://example.com/a.mp4', 'https://example.com/b.mp4'],
};

function scenes(...prompts: string[]) {
	const rest = { seconds: 0, model: { __rl: true, mode: 'list', value: '' }, image: '' };
	return { scene: prompts.map((prompt) => ({ prompt, ...rest })) };
}

function rows(...ids: string[]) {
	return { model: ids.map((value) => ({ model: { __rl: true, mode: 'list', value } })) };
}

/** Required fields: an empty one is refused. No option is among them except the cost limits. */
const NEVER_EMPTY = [
	...['events', 'prompt', 'model', 'modelIds', 'models', 'sceneList', 'scenes'],
	...['seconds', 'videoId', 'videoUrl'],
	...['binaryPropertyName', 'imageUrl', 'customSize', 'clipFields', 'soundField'],
	...['outputBinaryField', 'pageBinaryField'],
	...['maxCost', 'maxRunCost'],
];

/**
 * With an image or a video, the server decides whether a prompt is required. An earlier video has a model and a length.
 */
const MAY_BE_EMPTY: Record<string, string[]> = {
	compare: ['prompt'],
	edit: ['prompt', 'model', 'seconds'],
	estimateCost: ['prompt'],
	extend: ['prompt', 'model'],
	imageToVideo: ['prompt'],
};

function isNeverEmpty({ operation, field: { name }, collection }: Case): boolean {
	if (collection === 'filters' || MAY_BE_EMPTY[operation]?.includes(name)) return false;
	return NEVER_EMPTY.includes(name);
}

/** The form of the trigger. Its notices have no value, and the poll times are n8n's own. */
const trigger = {
	operation: 'trigger',
	path: 'trigger',
	description: new LumenfallTrigger().description.properties.filter(
		({ name }) => !['notice', 'pollTimes'].includes(name),
	),
};

const everyOperation = [
	trigger,
	...Object.entries(operations).flatMap(([resource, byName]) =>
		Object.entries(byName).map(([operation, { description }]) => ({
			operation,
			path: `${resource}/${operation}`,
			description,
		})),
	),
];

interface Case {
	path: string;
	operation: string;
	description: INodeProperties[];
	field: INodeProperties;
	/** The name of the collection that contains the option. */
	collection?: string;
}

const everyField = everyOperation.flatMap((operation) =>
	operation.description.flatMap((field): Case[] =>
		field.type === 'collection'
			? (field.options as INodeProperties[]).map((option) => ({
					...operation,
					field: option,
					collection: field.name,
				}))
			: [{ ...operation, field }],
	),
);

const table = everyField.map((one): [string, Case] => [
	[one.path, one.collection, one.field.displayName].filter(Boolean).join(': '),
	one,
]);

test('every operation of the node has a reader here', () => {
	expect(Object.keys(READERS).sort()).toEqual(everyOperation.map(({ path }) => path).sort());
	expect(table.length).toBeGreaterThan(150);
});

describe.each(table)('%s', (_, one) => {
	const { field } = one;
	const name = `'${field.displayName}'`;

	test('each of its values is read differently', async () => {
		const texts = await Promise.all(plainValues(field).map((value) => textOf(read(one, value))));
		expect(texts.length).toBeGreaterThan(1);
		expect(new Set(texts).size).toBe(texts.length);
	});

	test('every notation of a value is read as the value itself', async () => {
		for (const plain of plainValues(field)) {
			const expected = await textOf(read(one, plain));
			const ways = waysToWrite(field, plain);
			const values = ways.map(async (way) => [way, await textOf(read(one, way))]);
			expect(await Promise.all(values)).toEqual(ways.map((way) => [way, expected]));
		}
	});

	test('an empty cell means the default, or is refused if the field is required', async () => {
		const usual = await textOf(one.collection ? readWithout(one) : read(one, field.default)).catch(
			() => 'refused',
		);
		for (const empty of emptyCellsOf(field)) {
			if (isNeverEmpty(one))
				expect([empty, await refusalOf(one, empty)]).toEqual([
					empty,
					expect.stringContaining(name),
				]);
			else expect([empty, await textOf(read(one, empty))]).toEqual([empty, usual]);
		}
	});

	test('an invalid value is refused with the display name', async () => {
		for (const nonsense of nonsenseFor(field))
			expect([nonsense, await refusalOf(one, nonsense)]).toEqual([
				nonsense,
				expect.stringContaining(name),
			]);
	});
});

test('a hint says that an empty cell means the default', () => {
	const values = { prompt: 'a boat', seconds: 8, model: 'sora-2', operation: 'textToVideo' };
	const withEmpty = fakeForm({ values: { ...values, resolution: ' ', aspectRatio: null } });
	readVideoInput(withEmpty.form);
	showItemNotes(withEmpty);
	expect(withEmpty.hints).toEqual([
		"Item 0: 'Aspect Ratio' is empty, so its default is used.",
		"Item 0: 'Resolution' is empty, so its default is used.",
	]);
});

function plainValues({ name, type, options = [] }: INodeProperties): unknown[] {
	if (type === 'options') return (options as INodePropertyOptions[]).map(({ value }) => value);
	if (type === 'multiOptions') {
		const values = (options as INodePropertyOptions[]).map(({ value }) => value);
		return [[values[0]], values];
	}
	if (type === 'boolean') return [true, false];
	if (type === 'number') return [7, 9];
	return SAMPLES[name] ?? ['one', 'two'];
}

/** What sheets, agents and other programs deliver for an empty cell. A prompt that says nothing is refused, also where it may be empty. */
function emptyCellsOf({ name, type }: INodeProperties): unknown[] {
	const always = [undefined, null, '', ' \u00a0\n'];
	const words = ['null', 'N/A', '-'];
	if (name === 'prompt') return [...always, []];
	if (type === 'json' || type === 'fixedCollection') return [...always, ...words];
	return [...always, ...words, [], [''], { id: 3, value: null }];
}

const LISTS = [
	...['modelIds', 'clipFields', 'fallbackModels'],
	...['referenceImages', 'referenceVideos', 'referenceAudio'],
];

/** A chosen value, as forms, Baserow, Notion and Airtable deliver it. */
function selectsOf(text: string): unknown[] {
	return [
		{ id: 7, value: text, color: 'red' },
		{ id: 'x', type: 'select', select: { id: 'y~1Z', name: text, color: 'red' } },
	];
}

function waysToWrite({ name, type, options = [] }: INodeProperties, plain: unknown): unknown[] {
	const text = String(plain);
	// Airtable returns a linked cell as a list. The parts of a list in text would be one part of it.
	const linked = text.includes(',') ? [] : [[text]];
	const spaced = [text, ` ${text} `, `${text}\n`, `\u00a0\t${text}`, ...linked, ...selectsOf(text)];
	if (type === 'options') {
		const shown = (options as INodePropertyOptions[]).find(({ value }) => value === plain)!.name;
		const inOtherCase = [text.toUpperCase(), text.toLowerCase(), ` ${text.toUpperCase()}\n`];
		return [...spaced, ...inOtherCase, shown, shown.toLowerCase()];
	}
	if (type === 'multiOptions') {
		const parts = plain as string[];
		const text = parts.join(', ');
		return [
			text,
			` ${text}\n`,
			text.toUpperCase(),
			parts.join('\n'),
			JSON.stringify(parts),
			[...parts, '', null],
			parts.map(
				(part) => (options as INodePropertyOptions[]).find(({ value }) => value === part)!.name,
			),
		];
	}
	if (type === 'boolean')
		return [
			...[
				...spaced,
				text.toUpperCase(),
				plain ? 'True' : 'False',
				plain ? 1 : 0,
				plain ? '1' : '0',
			],
			...[plain ? 'yes' : 'no', plain ? ' ON ' : ' Off ', BigInt(plain ? 1 : 0)],
		];
	if (type === 'number')
		return [...spaced, `${text}.0`, `${text},0`, `+${text}`, BigInt(text), `${text}e0`];
	if (type === 'json') return [JSON.stringify(plain), `\n ${JSON.stringify(plain)} `];
	if (type === 'resourceLocator')
		return [
			...spaced,
			...[{ value: plain }, { id: plain }, { __rl: true, mode: 'id', value: ` ${text} ` }],
			...[{ __rl: true, mode: 'list', value: plain }, { json: { id: plain } }],
		];
	if (name === 'scenes') return waysToScenes((plain as ReturnType<typeof scenes>).scene);
	if (name === 'sceneList')
		return [text, ` ${text}\n`, ...waysToScenes(text.split('\n').map((prompt) => ({ prompt })))];
	if (type === 'fixedCollection') return waysToList(idsOf(plain as ReturnType<typeof rows>));
	if (LISTS.includes(name)) {
		const parts = text.split(', ');
		return [...spaced, parts, JSON.stringify(parts), parts.join('\n'), [...parts, '', null]];
	}
	return spaced;
}

function waysToScenes(rows: Array<{ prompt: string }>): unknown[] {
	const prompts = rows.map(({ prompt }) => prompt);
	return [
		...[rows, { scene: rows }, { scenes: rows }, [rows], JSON.stringify(rows)],
		...[prompts, JSON.stringify(prompts), ['', ...prompts, null], prompts.join('\n\n')],
		...[rows.map((json) => ({ json })), prompts.map((text) => ({ Text: text, seconds: ' ' }))],
	];
}

function idsOf({ model }: ReturnType<typeof rows>): string[] {
	return model.map((row) => row.model.value);
}

function waysToList(ids: string[]): unknown[] {
	return [
		...[ids, [ids], ids.join(', '), ids.join('\n'), JSON.stringify(ids)],
		...[ids.map((id) => ({ id })), ids.map((value) => ({ value }))],
		...[{ model: ids.map((model) => ({ model })) }, JSON.stringify(rows(...ids))],
		ids.map((id) => ({ json: { id } })),
	];
}

function nonsenseFor({ type }: INodeProperties): unknown[] {
	const always = [{ a: 1 }, [[[['deep']]]], Number.NaN, Number.POSITIVE_INFINITY];
	if (type === 'options') return [...always, 'nonsense', true, '#REF!', {}];
	if (type === 'multiOptions') return [...always, 'nonsense', true, []];
	if (type === 'boolean') return [...always, 'perhaps', 2, '#N/A', new Date(0)];
	if (type === 'number')
		return [...always, 'nonsense', true, '0x10', '1,000', '-1', '#REF!', new Date(0)];
	if (type === 'json') return ['{oops', '[1]', 7, true, [], new Date(0)];
	return always;
}

/** The form with every required field filled in and the tested field visible. */
function defaultsFor({ operation, description, field }: Case): Values {
	const filled = Object.fromEntries(description.map(({ name, default: usual }) => [name, usual]));
	const values: Values = {
		...filled,
		...{ operation, prompt: 'a boat', videoId: 'video_1', customSize: '1280x720' },
		...('imageSource' in filled && { imageSource: 'binary' }),
		...('modelIds' in filled && { modelIds: 'sora-2, kling-v3' }),
		...('sceneList' in filled && { scenes: scenes('the sea'), sceneList: 'the shore' }),
		...('soundField' in filled && { soundField: 'photo' }),
		...('videoUrl' in filled && { videoUrl: 'https://example.com/a.mp4' }),
		...('imageUrl' in filled && { imageUrl: 'https://example.com/a.png' }),
	};
	for (const [other, allowed] of Object.entries(field.displayOptions?.show ?? {}))
		if (!['resource', 'operation'].includes(other)) values[other.replace('/', '')] = allowed?.[0];
	return values;
}

async function read(one: Case, value: unknown): Promise<unknown> {
	const values = defaultsFor(one);
	const { field, collection } = one;
	if (collection) values[collection] = { [field.name]: value };
	else values[field.name] = value;
	return await READERS[one.path](fakeForm({ values, items: [item] }));
}

async function readWithout(one: Case): Promise<unknown> {
	return await READERS[one.path](fakeForm({ values: defaultsFor(one), items: [item] }));
}

async function refusalOf(one: Case, value: unknown): Promise<string> {
	try {
		return `accepted as ${await textOf(read(one, value))}`;
	} catch (error) {
		return failureOf(error)?.message ?? `not a failure record: ${String(error)}`;
	}
}

/** Returns what was read as text: comparing the bytes of images as objects takes longer than all else. */
async function textOf(reading: Promise<unknown>): Promise<string> {
	return JSON.stringify(await reading, asJsonValue) ?? 'nothing';
}

/** Converts values that JSON cannot represent, such as infinity. */
function asJsonValue(_: string, value: unknown): unknown {
	return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
}
