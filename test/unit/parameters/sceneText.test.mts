import { isNameOf } from '../../../nodes/Lumenfall/parameters/sceneNames';
import { isData, scenesInText } from '../../../nodes/Lumenfall/parameters/sceneText';

test.each<[string, string, unknown[]]>([
	['headings', 'Scene 1\nA boat\nScene 2\nA storm', ['A boat', 'A storm']],
	['paragraphs', 'A boat\nsails\n\nA storm', ['A boat\nsails', 'A storm']],
])('%s are read the same with the line ends of Windows', (_, text, scenes) => {
	expect(scenesInText(text)).toEqual(scenes);
	expect(scenesInText(text.replaceAll('\n', '\r\n'))).toEqual(scenes);
});

/** Prompts in the order of the text. A ⏎ is a new line, and a ¶ an empty one. */
const textOf = (short: string) => short.replaceAll('⏎', '\n').replaceAll('¶', '\n\n');
const read = (short: string) => scenesInText(textOf(short));

test.each<[string, string[]]>([
	['Hook: x⏎Scene 1: a⏎Scene 2: b⏎CTA: y', ['Hook: x', 'Scene 1: a', 'Scene 2: b', 'CTA: y']],
	[
		'Intro: x¶Scene 1: a⏎more¶Scene 2: b¶Outro: y',
		['Intro: x', 'Scene 1: a\nmore', 'Scene 2: b', 'Outro: y'],
	],
	['Scene 1: a¶Scene 2: b¶Final scene: c', ['Scene 1: a', 'Scene 2: b', 'Final scene: c']],
	[
		'Day 1: a seed⏎Day 2: a sprout⏎One week later: a flower',
		['Day 1: a seed', 'Day 2: a sprout', 'One week later: a flower'],
	],
	['Morning⏎Camera: A⏎Noon⏎Camera: B', ['Morning', 'Camera: A', 'Noon', 'Camera: B']],
	['The year 1⏎The year 2⏎The end', ['The year 1', 'The year 2', 'The end']],
	['Team A: runs⏎Team B: cheers⏎Both: hug', ['Team A: runs', 'Team B: cheers', 'Both: hug']],
	[
		'**Hook:** x¶**Scene 1:** a¶**Scene 2:** b¶**CTA:** y',
		['**Hook:** x', '**Scene 1:** a', '**Scene 2:** b', '**CTA:** y'],
	],
	['Here they are:¶Scene 1: a¶Scene 2: b¶Outro: y', ['Scene 1: a', 'Scene 2: b', 'Outro: y']],
	['Title: Sea⏎Style: noir⏎Scene 1: a⏎Scene 2: b', ['Scene 1: a', 'Scene 2: b']],
	['# My film¶**Style:** noir¶Scene 1: a¶Scene 2: b', ['Scene 1: a', 'Scene 2: b']],
	['## Hook⏎x¶## Scene 1⏎a¶## Scene 2⏎b¶## Outro⏎y', ['Hook\nx', 'a', 'b', 'Outro\ny']],
	['# My film⏎A sea story¶## Scene 1⏎a¶## Scene 2⏎b', ['a', 'b']],
	[
		'**Scene 1**⏎**Visual**⏎a⏎**Sound**⏎c¶**Scene 2**⏎**Visual**⏎b⏎**Sound**⏎d',
		['**Visual**\na\n**Sound**\nc', '**Visual**\nb\n**Sound**\nd'],
	],
	['Scene 1: Out⏎The boat⏎Scene 2: Up⏎The sun', ['Scene 1: Out\nThe boat', 'Scene 2: Up\nThe sun']],
])('opening and closing scenes are kept, and what is no scene is not: %s', (text, scenes) => {
	expect(read(text)).toEqual(scenes);
});

test('an opening and a closing scene with the markup of the headings have their own duration', () => {
	const text =
		'**Hook (0-3s)**⏎x¶**Scene 1 (3-7s)**⏎a¶**Scene 2 (7-12s)**⏎b¶**CTA (12-15s)**⏎Buy it';
	expect(read(text)).toEqual([
		{ prompt: 'Hook\nx', seconds: 3 },
		{ prompt: 'a', seconds: 4 },
		{ prompt: 'b', seconds: 5 },
		{ prompt: 'CTA\nBuy it', seconds: 3 },
	]);
});

test.each([
	'Scene 1: a man (30s) walks⏎Scene 2: b',
	'Scene 1: pan (5s) then tilt (3s)⏎Scene 2: b',
	'Scene 1: a woman (30s)⏎Scene 2: b',
	'Scene 1: A clock (11:59)⏎Scene 2: b',
	'Scene 1 (5:30): a⏎Scene 2: b',
	'Scene 1 (3 days): a⏎Scene 2: b',
	'Scene 1 (7h): a⏎Scene 2: b',
	'Scene 1 (11 min): a⏎Scene 2: b',
	'Scene 1 (2m): a⏎Scene 2: b',
])('brackets that are no duration stay in the prompt: %s', (text) => {
	expect(read(text)).toEqual(text.split('⏎'));
});

test.each([
	['Scene 1 (4s): a⏎Scene 2: b', [{ prompt: 'Scene 1 (4s): a', seconds: 4 }, 'Scene 2: b']],
	[
		'## Scene 1: Out (4 sec)⏎a¶## Scene 2⏎b',
		[{ prompt: 'Scene 1: Out (4 sec)\na', seconds: 4 }, 'b'],
	],
	['Scene 1 (1 min)⏎a⏎Scene 2⏎b', [{ prompt: 'a', seconds: 60 }, 'b']],
	['**Scene 1** (4 seconds)⏎a⏎**Scene 2**⏎b', [{ prompt: 'a', seconds: 4 }, 'b']],
])('brackets behind the number, or at the end of a heading, are a duration: %s', (text, scenes) => {
	expect(read(text)).toEqual(scenes);
});

test.each([
	'Act 1¶Scene 1⏎A boat¶Scene 2⏎A storm¶Act 2¶Scene 3⏎A port¶Scene 4⏎A tavern',
	'# Act 1⏎## Scene 1⏎A boat⏎## Scene 2⏎A storm⏎# Act 2⏎## Scene 3⏎A port⏎## Scene 4⏎A tavern',
	'Act I¶Scene 1⏎A boat¶Scene 2⏎A storm¶Act II¶Scene 1⏎A port¶Scene 2⏎A tavern',
	'Teil 1¶Abschnitt 1⏎A boat¶Abschnitt 2⏎A storm¶Teil 2¶Abschnitt 3⏎A port¶Abschnitt 4⏎A tavern',
])('scenes in parts of a film are the scenes, and the parts are not: %s', (text) => {
	expect(read(text)).toEqual(['A boat', 'A storm', 'A port', 'A tavern']);
});

test('scenes in chapters have their text beside them', () => {
	const text = 'Chapter 1¶Scene 1: a¶Scene 2: b¶Chapter 2¶Scene 3: c¶Scene 4: d';
	expect(read(text)).toEqual(['Scene 1: a', 'Scene 2: b', 'Scene 3: c', 'Scene 4: d']);
});

const HEAD = '| Scene | Action |⏎|---|---|⏎';
test.each<[string, unknown[]]>([
	[`${HEAD}| Scene 1 | A boat leaves |`, [{ Action: 'A boat leaves' }]],
	[`${HEAD}| Scene 1 | a |⏎| **Total** | |`, [{ Action: 'a' }]],
	[
		'| Shot | Prompt | Seconds |⏎|---|---|---|⏎| 1 | a | 4 |⏎| **Total** | | **4** |',
		[{ Prompt: 'a', Seconds: '4' }],
	],
	[`# My film¶Here it is:¶${HEAD}| Scene 1 | a |¶Let me know!¶Bye`, [{ Action: 'a' }]],
	[
		'| Prompt | Seconds |⏎|---|---|⏎| Total darkness | 4 |',
		[{ Prompt: 'Total darkness', Seconds: '4' }],
	],
	['1\tA boat⏎2\tA storm', [{ prompt: 'A boat' }, { prompt: 'A storm' }]],
	['Scene 1\tA boat⏎Scene 2\tA storm', [{ prompt: 'A boat' }, { prompt: 'A storm' }]],
])('the rows of a table are read by their columns: %s', (text, rows) => {
	expect(isData(textOf(text))).toBe(false);
	expect(read(text)).toEqual(rows);
});

const CHARACTERS = '| Name | Description |⏎|---|---|⏎| Ana | a sailor |';
test.each([
	`${CHARACTERS}¶Scene 1: Ana sails¶Scene 2: Ana rests`,
	`Scene 1: Ana sails⏎Scene 2: Ana rests¶${CHARACTERS}`,
	`${CHARACTERS}¶${HEAD}| Scene 1 | Ana sails |`,
	'1\tA boat\t4⏎2\tA storm\t5',
	'1\tA boat⏎7\tA storm',
])('a table that may not be that of the scenes is refused: %s', (text) => {
	expect(isData(textOf(text))).toBe(true);
});

test('a long text with brackets is quickly found to be no name', () => {
	const start = process.cpuUsage();
	expect(isNameOf('('.repeat(200_000))).toBe(false);
	expect(isData(`prompt, ${'('.repeat(200_000)}`)).toBe(false);
	expect(process.cpuUsage(start).user).toBeLessThan(2_000_000);
});
