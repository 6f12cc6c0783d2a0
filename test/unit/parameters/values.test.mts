import type { Unit } from '../../../nodes/Lumenfall/parameters/localWords';
import { failureOf } from '../../../nodes/Lumenfall/errors/failure';
import { fileList, optionalFile } from '../../../nodes/Lumenfall/parameters/fileReferences';
import { optionalLink, urlList } from '../../../nodes/Lumenfall/parameters/links';
import { nameList } from '../../../nodes/Lumenfall/parameters/lists';
import { modelNames } from '../../../nodes/Lumenfall/parameters/modelNames';
import { readRunSettings } from '../../../nodes/Lumenfall/parameters/options';
import {
	choice,
	flag,
	identifier,
	jsonObject,
	optionalText,
	text,
} from '../../../nodes/Lumenfall/parameters/values';
import { Cell } from '../../../nodes/Lumenfall/parameters/cell';
import { numberOf, optionalNumber } from '../../../nodes/Lumenfall/parameters/numbers';
import { optionalTime } from '../../../nodes/Lumenfall/parameters/times';
import { readShape } from '../../../nodes/Lumenfall/parameters/videoShape';
import { fakeForm } from '../../support/fakeForm.mts';

function refusalOf(work: () => unknown): string {
	try {
		return `accepted as ${String(work())}`;
	} catch (error) {
		return failureOf(error)?.message ?? `not a failure record: ${String(error)}`;
	}
}

const numberIn = (value: unknown, unit?: Unit) => numberOf(Cell.exactly(value), unit);

test.each<[unknown, number]>([
	[8, 8],
	['8', 8],
	[' 8.0 ', 8],
	['8.', 8],
	['.5', 0.5],
	['1e3', 1000],
	['８', 8],
	[12n, 12],
	['"8"', 8],
	['\u200b8\ufeff', 8],
	['٨', 8],
	['८', 8],
])('%p is the number %p', (given, number) => {
	expect(numberIn(given)).toBe(number);
});

test.each<[string, Unit, number]>([
	['8s', 'seconds', 8],
	['8 Seconds', 'seconds', 8],
	['5 min', 'minutes', 5],
	['$1.50', 'usd', 1.5],
	['1.50 USD', 'usd', 1.5],
	['8 Sek.', 'seconds', 8],
	['8 segundos', 'seconds', 8],
	['8 сек', 'seconds', 8],
	['8-second', 'seconds', 8],
	['8 saniye', 'seconds', 8],
	['8″', 'seconds', 8],
	['8 seconds (default)', 'seconds', 8],
	['0:08', 'seconds', 8],
	['00:00:08.500', 'seconds', 8.5],
	['1:30', 'seconds', 90],
	['PT1M30S', 'seconds', 90],
	['1m30s', 'seconds', 90],
	['0,5 Minuten', 'seconds', 30],
	['1 h', 'minutes', 60],
	['2 days', 'hours', 48],
	['2 dólares', 'usd', 2],
	['８秒', 'seconds', 8],
	['0:01:30', 'seconds', 90],
	['5 Minuten', 'minutes', 5],
	['2 uur', 'hours', 2],
	['US$ 1.50', 'usd', 1.5],
	['$1.50 USD', 'usd', 1.5],
	['1,50 US-Dollar', 'usd', 1.5],
	['2x', 'factor', 2],
	['×4', 'factor', 4],
])('%s may contain its unit if that is %s', (given, unit, number) => {
	expect(numberIn(given, unit)).toBe(number);
	expect(numberIn(given)).toBeUndefined();
});

test('a duration that a spreadsheet stores as a part of a day is in seconds', () => {
	for (const seconds of [0.5, 4, 8, 8.5, 90])
		expect(numberIn(seconds / 86_400, 'seconds')).toBe(seconds);
	// A sheet stores eight minutes for 0:08, which means eight seconds.
	expect(numberIn((8 * 60) / 86_400, 'seconds')).toBeUndefined();
	expect(numberIn(0.05, 'seconds')).toBe(0.05);
	expect(numberIn(8 / 86_400)).toBe(8 / 86_400);
});

test('a value that is not a number, or has another unit, is refused', () => {
	const texts = [
		'',
		' ',
		'x',
		'0x10',
		'1e999',
		'1_000',
		'8 9',
		'--8',
		'∞',
		'8 kg',
		'8 s (or 10 s)',
		'0:8',
		'8-10',
		'~8',
		'2€',
	];
	const others = [true, false, null, undefined, [8], {}, new Date(0), NaN, Infinity, -Infinity];
	for (const given of [...texts, ...others])
		expect([given, numberIn(given, 'seconds')]).toEqual([given, undefined]);
});

test.each([
	['0,5', 0.5],
	['0,500', 0.5],
	['7,25', 7.25],
	['-7,5', -7.5],
])('an unambiguous decimal comma is accepted: %s', (given, number) => {
	expect(numberIn(given)).toBe(number);
});

test.each(['1,000', '12,345', '1,000.50', '1.000,50', '1,2,3', ',5'])(
	'a comma that may separate thousands is refused: %s',
	(given) => {
		expect(numberIn(given)).toBeUndefined();
	},
);

test('text is read from any type of a spreadsheet cell', () => {
	const read = (value: unknown) => text('Prompt').parse(value);
	expect([42, true, 7n, ' x ', null, undefined].map(read)).toEqual([
		...['42', 'true', '7', 'x', '', ''],
	]);
	expect(read(new Date(0))).toBe('1970-01-01T00:00:00.000Z');
	expect(read({ toJSON: () => '2026-11-28T10:00:00.000+01:00' })).toMatch(/^2026-11-28/);
});

test('spaces inside of a text stay, and a million of them hang nothing', () => {
	const wide = `a${' '.repeat(1_000_000)}boat`;
	expect(text('Prompt').parse(` ${wide}\u200b\n`) === wide).toBe(true);
	expect(jsonObject('Additional Parameters').parse(`{"a":${' '.repeat(1_000_000)}1}`)).toEqual({
		a: 1,
	});
});

test('the only entry of a list is the value, as in a linked cell of Airtable', () => {
	expect(text('Prompt').parse([' x '])).toBe('x');
	expect(identifier('Model').parse([{ id: 'sora-2' }])).toBe('sora-2');
	const range = { min: 1, max: 60, unit: 'seconds', expected: 'seconds' } as const;
	expect(optionalNumber('Duration', range).parse(['8 s'])).toBe(8);
	expect(flag('Audio').parse([true])).toBe(true);
	expect(text('Prompt').parse([])).toBe('');
	for (const list of [['a', 'b'], [['a']]])
		expect(refusalOf(() => text('Prompt').parse(list))).toMatch(/^'Prompt' is /);
});

const rolledUp = (property: object) => ({
	...{ id: 'x', type: 'rollup' },
	rollup: { type: 'array', array: [property], function: 'show_original' },
});

test.each<[string, unknown]>([
	['a resource locator', { __rl: true, mode: 'list', value: 'x', cachedResultName: 'X' }],
	['an option of a form', { label: 'Shown', value: 'x' }],
	["Baserow's select", { id: 3, value: 'x', color: 'blue' }],
	["Airtable's field for AI", { state: 'generated', value: 'x', isStale: false }],
	["Notion's select", { id: '1f2e3d4c-5b6a-4789-90ab-cdef01234567', name: 'x', color: 'blue' }],
	[
		"Notion's property",
		{ id: 'a1', type: 'status', status: { id: 'aB~1', name: 'x', color: 'blue' } },
	],
	["Notion's rollup", { type: 'rollup', rollup: { type: 'string', string: 'x', function: 'sum' } }],
	["Notion's rollup of a title", rolledUp({ type: 'title', title: [{ plain_text: 'x' }] })],
	[
		"Notion's rollup of a select",
		[rolledUp({ type: 'select', select: { id: 'a~1;', name: 'x', color: 'red' } })],
	],
	["Notion's formula", { type: 'formula', formula: { type: 'string', string: 'x' } }],
	["Notion's text", { type: 'rich_text', rich_text: [{ type: 'text', plain_text: 'x' }] }],
	['a looked-up select', [{ id: 3, value: 'x', color: 'blue' }]],
])('the value of %s is read', (_, value) => {
	expect([Cell.of(value).value, text('Prompt').parse(value)]).toEqual(['x', 'x']);
	expect(identifier('Model').parse(value)).toBe('x');
	expect(nameList('Fallback Models').parse(value)).toEqual(['x']);
});

test.each<object>([
	{ id: 'v1', type: 'video', video: 'https://x.com/y.mp4' },
	{ id: 'v1', type: 'generation', generation: { id: 'z' } },
	{ id: 'v1', type: 'text', text: 'A boat', status: 'completed' },
	{ id: 'v1', name: 'x', color: 'red' },
	{ id: 'v1', name: 'x', color: 'red', model: 'sora-2' },
])('%j is a video and not a cell', (video) => {
	expect(Cell.of(video).value).toBe(video);
	expect(identifier('Video ID').parse(video)).toBe('v1');
});

test('a list or an object can be the value itself', () => {
	for (const given of [[1], { value: 1 }, ['n/a']]) {
		expect(Cell.exactly(given)).toMatchObject({ given, value: given, isEmpty: false, plain: '' });
		expect(Cell.of(given).given).toBe(given);
	}
	expect(jsonObject('Additional Parameters').parse({ value: 1 })).toEqual({ value: 1 });
});

test('a text with formats is read as a whole', () => {
	expect(Cell.of([{ plain_text: 'a ' }, { plain_text: 'boat' }]).value).toBe('a boat');
});

test.each([
	'null',
	'undefined',
	'N/A',
	'n/a',
	'-',
	'—',
	'None',
	'NaN',
	'\u00a0',
	[],
	[null],
	{ value: '' },
])('%j is an empty cell', (value) => {
	expect(optionalNumber('Seed', { min: 0, max: 9, expected: 'x' }).parse(value)).toBeUndefined();
	expect(choice('Image Fit', ['crop']).parse(value)).toBeUndefined();
	expect(optionalText('User').parse(value)).toBeUndefined();
	expect(identifier('Model').parse(value)).toBe('');
	expect(optionalTime('Created After', 'UTC').parse(value)).toBeUndefined();
	expect(nameList('Fallback Models').parse(value)).toEqual([]);
});

test('a value that is called none is no empty cell', () => {
	expect(choice('Wait', ['poll', 'none']).parse('None')).toBe('none');
	expect(refusalOf(() => flag('Audio').parse('none'))).toBe("'Audio' is 'none'");
});

test.each(['#REF!', '#N/A', '#DIV/0!', '#NAME?', '#WERT!', '#NV', '#¡REF!', 'Loading...'])(
	'%s is the error of a formula, and no text',
	(value) => {
		expect(refusalOf(() => text('Style').parse(value))).toBe(`'Style' is '${value}'`);
	},
);

test.each(['#boat', 'Loading a boat...', '#1 fan! A boat'])('%s is a text', (value) => {
	expect(text('Prompt').parse(value)).toBe(value);
});

const circle: Record<string, unknown> = {};
circle.self = circle;

test.each([[circle], [new Date(NaN)], [{ big: 1n }], [Buffer.from('x')], [() => 1], [Symbol('x')]])(
	'a value that cannot be text is refused by name, without a crash: %p',
	(value) => {
		expect(refusalOf(() => text('Prompt').parse(value))).toMatch(/^'Prompt' is '/);
	},
);

test.each([
	['sora-2'],
	[' sora-2\n'],
	[{ value: 'sora-2' }],
	[{ __rl: true, mode: 'list', value: 'sora-2', cachedResultName: 'Sora 2' }],
	[{ id: 'sora-2', name: 'Sora 2' }],
	[{ json: { id: 'sora-2' } }],
	[{ model: { __rl: true, mode: 'id', value: ' sora-2 ' } }],
	['"sora-2"'],
	['`sora-2`'],
	['\u200bsora-2\ufeff'],
	['{"id": "sora-2"}'],
])('a model can be given as %j', (given) => {
	expect(identifier('Model').parse(given)).toBe('sora-2');
});

test.each([
	[{}],
	[{ name: 'Sora 2' }],
	[['sora-2', 'kling-v3']],
	[[Number('12345678901234567890')]],
	[{ value: { value: { value: {} } } }],
	// JavaScript has rounded it, so it may be the ID of another video.
	[Number('12345678901234567890')],
])('a value without a model is refused: %j', (given) => {
	expect(refusalOf(() => identifier('Model').parse(given))).toMatch(/^'Model' is /);
});

test.each([
	'asIs',
	'ASIS',
	'as is',
	'as-is',
	' As_Is ',
	'"asIs"',
	'`as is`',
	'As Is.',
	'\u200basIs',
])('a choice is accepted in any notation: %s', (given) => {
	expect(choice('Image Fit', ['crop', 'asIs']).parse(given)).toBe('asIs');
});

test.each([
	['a, b'],
	['a;b'],
	['a\r\nb'],
	['["a","b"]'],
	[['a', ' b ', '', null]],
	[[['a'], ['b']]],
	[[{ id: 'a' }, { value: 'b' }]],
	['[{"id":"a"},{"id":"b"}]'],
	["['a', 'b']"],
	['```json\n["a", "b"]\n```'],
	['"a", "b"'],
	['a，b'],
	['a、b'],
	['a | b'],
	['a\tb'],
	['- a\n- b'],
	['1. a\n2. b'],
	['• a\n• b\n'],
	['a,\u200bb'],
	['[a, b]'],
	[{ models: ['a', 'b'] }],
	['{"models": ["a", "b"]}'],
])('a list of names is accepted in any form: %j', (given) => {
	expect(nameList('Fallback Models').parse(given)).toEqual(['a', 'b']);
});

test('text that only looks like JSON is read as text', () => {
	expect(nameList('Fallback Models').parse('[a')).toEqual(['[a']);
	expect(refusalOf(() => nameList('Fallback Models').parse([{ x: 1 }]))).toMatch(
		/^'Fallback Models' is '/,
	);
});

test('JSON text of an object is read as an object, and an empty value as an empty object', () => {
	const read = (value: unknown) => jsonObject('Additional Parameters').parse(value);
	expect([' {"a":1} ', { a: 1 }].map(read)).toEqual([{ a: 1 }, { a: 1 }]);
	expect(['', null, undefined].map(read)).toEqual([{}, {}, {}]);
	for (const text of [
		...["{'a': 1}", '{a: 1,}', '```json\n{"a": 1}\n```', '"{\\"a\\":1}"', '\ufeff{"a":1}'],
	])
		expect(read(text)).toEqual({ a: 1 });
	expect(read("{'a': True, 'b': None, 'c': 'it\\'s \"x\", y:'}")).toEqual({
		...{ a: true, b: null, c: 'it\'s "x", y:' },
	});
	expect(read('null')).toEqual({});
	for (const nonsense of ['"x"', '[]', '{a}', '{"a":NaN}', '{a: b}', 'a=1', new Date(0), 1n])
		expect(refusalOf(() => read(nonsense))).toBe("'Additional Parameters' is not a JSON object");
});

test.each([
	['16:9', '16:9'],
	['16x9', '16:9'],
	['16 : 9', '16:9'],
	['16X9 ', '16:9'],
	['16/9', '16:9'],
	['16×9', '16:9'],
	['09:16', '9:16'],
	['16:09:00', '16:9'],
	['Model Default', undefined],
	['same as image', 'sameAsImage'],
	['1280x720', '1280x720'],
	['wide', 'wide'],
	['portrait', '9:16'],
	['Vertical video', '9:16'],
	['Hochformat', '9:16'],
	['LANDSCAPE', '16:9'],
	['横屏', '16:9'],
	['Square format', '1:1'],
	['Custom Size', undefined],
	['16–9', '16:9'],
	// The text contradicts itself, or also names a resolution.
	['portrait 16:9', 'portrait 16:9'],
	['16:9 (vertical)', '16:9 (vertical)'],
	['9:16 landscape', '9:16 landscape'],
	['1080p vertical', '1080p vertical'],
	['１６：９', '16:9'],
	['16∶9', '16:9'],
	['16 to 9', '16:9'],
	['16 by 9', '16:9'],
	['"16:9"', '16:9'],
	['16:9 (landscape)', '16:9'],
	['portrait_9_16', '9:16'],
	['4:03:00 AM', '4:3'],
	['4:09 PM', '16:9'],
	[(16 * 60 + 9) / 1440, '16:9'],
	[String((9 * 60 + 16) / 1440), '9:16'],
	[(60 + 1) / 1440, '1:1'],
	['Reels 9:16', '9:16'],
	['9:16 vertical video', '9:16'],
	['16:9 (1920x1080)', '16:9'],
	['16 by 9', '16:9'],
	['16:9.', '16:9'],
	['16:9 or 9:16', '16:9 or 9:16'],
	['2026-09-16', '2026-09-16'],
	['2.39:1', '2.39:1'],
	[0.5625, '0.5625'],
	['1.78', '1.78'],
])('the aspect ratio %s reads as %s', (given, aspectRatio) => {
	expect(readShape(fakeForm({ values: { aspectRatio: given } }).form).aspectRatio).toBe(
		aspectRatio,
	);
});

test.each([
	['720p', '720p'],
	['720P ', '720p'],
	['720 p', '720p'],
	[720, '720p'],
	['MODEL DEFAULT', undefined],
	['720px', '720p'],
	['７２０ｐ', '720p'],
	['"720p"', '720p'],
	['720.0', '720p'],
	['1080p (Full HD)', '1080p'],
	['720p HD', '720p'],
	['720p or 1080p', '720p or 1080p'],
	['4K', '2160p'],
	['Ultra HD', '2160p'],
	['Full HD', '1080p'],
	['HD 720p', '720p'],
	['720,0', '720p'],
	// The shape would be lost.
	['1080p vertical', '1080p vertical'],
	['720p (portrait)', '720p (portrait)'],
	['720p Hochformat', '720p Hochformat'],
	['HD', '720p'],
	['HD (720p)', '720p'],
	['Full HD (1080p)', '1080p'],
	['HD vertical', 'HD vertical'],
	['huge', 'huge'],
])('the resolution %s reads as %s', (given, resolution) => {
	expect(readShape(fakeForm({ values: { resolution: given } }).form).resolution).toBe(resolution);
});

test.each([
	...['1280x720', '1280×720', '1280 x 720 px', '1280*720', '1280 by 720', '１２８０ｘ７２０'],
	...['"1280x720"', '1280 x 720 pixels', '1,280 x 720', '1.280 × 720'],
	...['1280, 720', '1280,720', '1280x720.', '1280x720 (HD)', 'Size: 1280x720', '[1280,720]'],
	...['{"width":1280,"height":"720px"}', '```json\n{"width": 1280, "height": 720}\n```'],
	...[{ width: 1280, height: 720 }, [1280, 720], ['1280', '720']],
])('the custom size %j reads as 1280x720', (customSize) => {
	const { form } = fakeForm({ values: { aspectRatio: 'custom', customSize } });
	expect(readShape(form).customSize).toBe('1280x720');
});

test.each([
	...[
		'TRUE',
		'WAHR',
		'Ja.',
		'si\u0301',
		'ИСТИНА',
		'да',
		'はい',
		'是',
		'TAK',
		'DOĞRU',
		'evet',
		'SANT',
	],
	...[
		'igen',
		'✅',
		'☑',
		'☑️',
		'✔️',
		'enabled',
		'"true"',
		...['OK', 'J', 'da', 'yes!', '👍', '有', 'हाँ'],
		{ id: 1, value: 'Yes', color: 'green' },
		'1,0',
		'１',
		'\u00a0true\u200b',
		1,
		true,
	],
])('%p is true', (given) => {
	expect(flag('Audio').parse(given)).toBe(true);
});

test.each([
	...['FALSE', 'FALSCH', 'nein', 'ЛОЖЬ', 'нет', 'いいえ', '否', 'FAŁSZ', 'YANLIŞ', 'hayır', 'nej'],
	...['nem', '❌', '☐', '✖', '👎', 'disabled', 'inactive', '0,0', '０', 0, false, '無', 'không'],
])('%p is false', (given) => {
	expect(flag('Audio').parse(given)).toBe(false);
});

test.each([2, -1, 'x', 'maybe', 'none', [true, true], {}, 'yes please'])(
	'%p is neither',
	(given) => {
		expect(refusalOf(() => flag('Audio').parse(given))).toMatch(/^'Audio' is /);
	},
);

const A = 'https://a.example/x.png';
const B = 'https://a.example/y.png?size=1,2';

test.each([
	['https://a.example/my image.png', 'https://a.example/my%20image.png'],
	['<https://a.example/my image (1).jpeg?v=2>', 'https://a.example/my%20image%20(1).jpeg?v=2'],
	['//cdn.example.com/s/x.png?v=1', 'https://cdn.example.com/s/x.png?v=1'],
	[{ url: 'https://a.example/my image.png' }, 'https://a.example/my%20image.png'],
	['[{"url":"https://a.example/x.png","filename":"x.png"}]', A],
	['{"url":"https://a.example/x.png"}', A],
	['["https://a.example/x.png"]', A],
	['{"id":"filesystem-v2:x","mimeType":"image/png","url":"https://a.example/x.png"}', A],
])('a URL is completed, and taken out of JSON text: %j', (given, url) => {
	expect(urlList('Reference Videos').parse(given)).toEqual([url]);
	expect(optionalFile('Last Frame').parse(given)).toBe(url);
	expect(fileList('Reference Images').parse(given)).toEqual([url]);
	expect(optionalLink('Webhook URL').parse(given)).toBe(url);
});

test.each([
	...['https://a.example/x.png and y.png', 'https://a.example/x and https://a.example/y.png'],
	...['https://a.example/x.png main image', 'https://a.example/ look here', '//x.png'],
	...['https://a.example/x y.png>, <https://a.example/z.png', '<https://a.example/x>, y.png'],
	...['{"url":"file:///x.png"}', '[{"value":"data"}]'],
])('a text that may not be one URL stays as it is, and is no URL: %j', (given) => {
	expect(optionalLink('Webhook URL').parse(given)).toBe(given);
	expect(refusalOf(() => urlList('Reference Videos').parse(given))).toMatch(
		/^'Reference Videos' (?:contains|is) /,
	);
});

test.each<[unknown]>([
	[`${A}, ${B}`],
	[`${A},${B}`],
	[`${A} ${B}`],
	[`${A}；${B}`],
	[`- <${A}>\n- [y](${B})`],
	[`- ${A}\n- ${B}`],
	[`1) ${A}\n2) ${B}\n`],
	[`"${A}"\n"${B}"`],
	[[A, { url: B, thumbnails: { large: { url: 'https://a.example/z' } } }]],
	[[`=IMAGE("${A}")`, B]],
	[`x.png (${A}), y.png (${B})`],
	[`Kim's x.png (${A}), Kim's y.png (${B})`],
	[
		[
			{ name: 'x', type: 'external', external: { url: A } },
			{ type: 'file', file: { url: B } },
		],
	],
	[[`<img src="${A}" alt="x">`, `[y](${B} "y")`]],
	[{ urls: [A, B] }],
])('a list of URLs is accepted in any form: %j', (given) => {
	expect(urlList('Reference Videos').parse(given)).toEqual([A, B]);
});

test.each(['"(', "'(", '<(', '"', '(', '![](', ' '])(
	'a text with many %j takes no time, whoever filled in the form',
	(signs) => {
		const given = `${signs.repeat(5_000)}x`;
		expect(refusalOf(() => urlList('Reference Videos').parse(given))).toMatch(
			/^'Reference Videos' contains /,
		);
	},
);

const DRIVE = 'https://drive.google.com/uc?export=download&id=1a-B_c';

test.each([
	['https://drive.google.com/file/d/1a-B_c/view?usp=sharing', DRIVE],
	['https://drive.google.com/open?id=1a-B_c&usp=drive_copy', DRIVE],
	[DRIVE, DRIVE],
	['http://drive.google.com/file/d/1a-B_c/view', DRIVE],
	['https://drive.google.com/a/example.com/file/d/1a-B_c/view', DRIVE],
	['https://www.dropbox.com/s/abc/x.png', 'https://www.dropbox.com/s/abc/x.png?dl=1'],
	[
		'https://www.dropbox.com/scl/fi/abc/x.png?rlkey=k&st=1',
		'https://www.dropbox.com/scl/fi/abc/x.png?dl=1&rlkey=k&st=1',
	],
	...[
		'https://www.dropbox.com/scl/fi/abc/x.png?rlkey=k&raw=1',
		'https://example.sharepoint.com/:i:/s/team/abc?e=1&download=1',
	].map((url) => [url, url]),
	[
		'https://www.dropbox.com/scl/fi/abc/x.png?rlkey=k&dl=0',
		'https://www.dropbox.com/scl/fi/abc/x.png?rlkey=k&dl=1',
	],
	['https://github.com/o/r/blob/main/x.png', 'https://github.com/o/r/raw/main/x.png'],
	...[
		'https://docs.google.com/uc?export=download&id=1a',
		'https://docs.google.com/drawings/d/1a/pub?w=960',
		'https://docs.google.com/presentation/d/1a/export/png',
		'https://onedrive.live.com/download?resid=1a',
	].map((url) => [url, url]),
	['https://example.com/file/d/1/view?dl=0', 'https://example.com/file/d/1/view?dl=0'],
])('the link of the file is used instead of its page: %s', (given, url) => {
	expect(urlList('Reference Videos').parse(given)).toEqual([url]);
	expect(optionalFile('Last Frame').parse(given)).toBe(url);
});

test.each([
	['https://www.youtube.com/watch?v=abc', 'YouTube'],
	['https://youtu.be/abc', 'YouTube'],
	['https://photos.app.goo.gl/abc', 'Google Photos'],
	['https://1drv.ms/i/s!abc', 'OneDrive'],
	['https://onedrive.live.com/?id=1a', 'OneDrive'],
	['https://docs.google.com/document/d/1a/edit', 'Google Docs'],
	['https://drive.google.com/drive/folders/1a', 'Google Drive'],
	['https://drive.google.com/drive/u/0/folders/1a?usp=sharing', 'Google Drive'],
	['https://www.dropbox.com/scl/fo/abc/x?rlkey=k', 'Dropbox'],
	['https://www.dropbox.com/sh/abc/x', 'Dropbox'],
	['https://example-my.sharepoint.com/:i:/g/personal/abc?e=1', 'SharePoint'],
])('a page without a file is refused: %s', (given, site) => {
	const message = `'Last Frame' is '${given}', a page of ${site} and not a file`;
	expect(refusalOf(() => optionalFile('Last Frame').parse(given))).toBe(message);
});

test('two URLs in the place of one are refused', () => {
	const given = `${A},${A}`;
	expect(refusalOf(() => optionalFile('Last Frame').parse(given))).toBe(
		`'Last Frame' is '${given}'`,
	);
});

test.each([
	...['https://n8n.example.com/webhook/1', ' <https://n8n.example.com/webhook/1> '],
	...['"https://n8n.example.com/webhook/1"', { url: 'https://n8n.example.com/webhook/1' }],
])('the URL of a webhook may be %j', (given) => {
	expect(optionalLink('Webhook URL').parse(given)).toBe('https://n8n.example.com/webhook/1');
});

test('options of the whole run are read from the first item, and an invalid value means the default', () => {
	const read = (options: object) => readRunSettings(fakeForm({ values: { options } }));
	expect(read({ itemsAtOnce: ' 3 ', parkMinutes: '90 min', markDelivered: 'yes' })).toEqual({
		...{ itemsInParallel: 3, webhookWaitMinutes: 90, marksDelivered: true },
	});
	expect(read({ itemsAtOnce: 2.5, parkMinutes: 'long', markDelivered: 'perhaps' })).toEqual({
		...{ itemsInParallel: 5, webhookWaitMinutes: 60, marksDelivered: false },
	});
});

describe('a time', () => {
	const read = (value: unknown) => optionalTime('Created After', 'Europe/Berlin').parse(value);
	const TIME = Date.UTC(2026, 10, 28, 10);

	test.each<[string, unknown]>([
		['ISO text', '2026-11-28T10:00:00Z'],
		['ISO text with an offset and blanks', ' 2026-11-28T11:00:00+01:00 '],
		["PostgreSQL's, with hours alone as offset", '2026-11-28 11:00:00+01'],
		['a date', new Date(TIME)],
		["Luxon's `$now`", { toJSON: () => '2026-11-28T10:00:00.000Z' }],
		['a Unix time in seconds', TIME / 1000],
		['a Unix time in seconds as text', String(TIME / 1000)],
		['a Unix time in milliseconds', TIME],
		["the number of a spreadsheet's date", TIME / 86_400_000 + 25_569 + 1 / 24],
		['that number as text', String(TIME / 86_400_000 + 25_569 + 1 / 24)],
		['a time without a zone, in that of the workflow', '2026-11-28 11:00'],
		['German', '28.11.2026 11:00'],
		['British', '28/11/2026 11:00'],
		['American', '11/28/2026 11:00 AM'],
		['French', '28 novembre 2026 11:00'],
		['Spanish', '28 de noviembre de 2026 11:00'],
		['Japanese', '2026年11月28日 11:00'],
		['full width', '２０２６－１１－２８ １１：００'],
		["Python's with a comma", '2026-11-28 11:00:00,000'],
		["Java's with the name of its zone", '2026-11-28T10:00:00Z[UTC]'],
		["JavaScript's", 'Sat Nov 28 2026 11:00:00 GMT+0100 (CET)'],
		['that of an e-mail', 'Sat, 28 Nov 2026 10:00:00 GMT'],
		['with the German word for o’clock', '28.11.2026, 11:00 Uhr'],
		['Polish', '28 listopada 2026 11:00'],
		['Russian', '28 ноября 2026 г. 11:00'],
		['Turkish', '28 Kasım 2026 11:00'],
		['Korean', '2026년 11월 28일 11:00'],
		['in quotation marks', '"2026-11-28T10:00:00Z"'],
		["Java's with another zone", '2026-11-28T05:00:00[America/New_York]'],
		["Notion's", { start: '2026-11-28T10:00:00.000Z', end: null, time_zone: null }],
		['digits alone', '20261128110000'],
		['a calendar file', '20261128T100000Z'],
	])('may be %s', (_, value) => expect(read(value)).toBe(TIME));

	test('may be a date without separators', () =>
		expect(read('20261128')).toBe(Date.UTC(2026, 10, 27, 23)));

	test.each([0, 8, '1970', 999_999_999, -1])('%p is not read as a time in 1970', (value) => {
		expect(refusalOf(() => new Date(read(value)!).toISOString())).not.toMatch(/ as 19/);
	});

	test.each(['', '  ', null, undefined])('%p is none', (value) =>
		expect(read(value)).toBeUndefined(),
	);

	test.each([
		...['yesterday', {}, true, 'item 5', 'v2', '03/04/2026', '2026-02-30', '2026-13-01'],
		...['28 marraskuu 2026', '10:00', '2026-W48', '2026-11-28 25:00'],
	])('%p is refused by the name of the field', (value) => {
		expect(refusalOf(() => read(value))).toMatch(/^'Created After' is /);
	});
});

/** A language model may repeat a space or an empty line until it reaches its limit. */
test.each([' ', '\n', '\t', '\r', '\r\n', '\u00a0', ' \n', '- ', '1. '])(
	'a list in a text of thousands of %j takes no time',
	(blank) => {
		const start = process.cpuUsage();
		const long = `a${blank.repeat(100_000)}b`;
		for (const reader of [nameList('X'), urlList('X'), fileList('X'), modelNames('X')])
			expect(refusalOf(() => reader.parse(long))).toMatch(/\S/);
		expect(process.cpuUsage(start).user).toBeLessThan(2_000_000);
	},
);

test('empty lines between the entries of a list, and before bullets, have no effect', () => {
	for (const text of ['- a\n\n\n  - b', 'a\n \n\t* b', '\n\n1. a\r\n\r\n2) b\n', 'a \n\n\n b'])
		expect(nameList('X').parse(text)).toEqual(['a', 'b']);
	const urls = ['https://a.example/1.png', 'https://a.example/2.png'];
	expect(urlList('X').parse(urls.join('   '))).toEqual(urls);
	expect(urlList('X').parse(`  ${urls.join('\u00a0\n ')}`)).toEqual(urls);
});
