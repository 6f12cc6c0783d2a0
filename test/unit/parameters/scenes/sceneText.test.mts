import { isNameOf } from '../../../../nodes/Lumenfall/parameters/scenes/sceneNames';
import { isData, scenesInText } from '../../../../nodes/Lumenfall/parameters/scenes/sceneText';
import { quick } from '../../../support/quick.mts';

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
		['Day 1: a seed', 'Day 2: a sprout\nOne week later: a flower'],
	],
	['Morning⏎Camera: A⏎Noon⏎Camera: B', ['Morning', 'Camera: A', 'Noon', 'Camera: B']],
	['The year 1⏎The year 2⏎THE END', ['The year 1', 'The year 2']],
	['Team A: runs⏎Team B: cheers⏎Both: hug', ['Team A: runs', 'Team B: cheers\nBoth: hug']],
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

const A_AND_B = ['Scene 1: a', 'Scene 2: b'];
test.each([
	...[
		'Total: 12s',
		'Total duration: 12s',
		'Estimated total length: 12 seconds',
		'Gesamtdauer: 12 Sekunden',
	],
	...['Negative prompt: blur', 'Aspect ratio: 9:16', 'Resolution: 720p', 'Platform: TikTok'],
	...[
		'Background music: piano',
		'🎵 Music: lo-fi⏎#boat',
		'Style for all: 35mm',
		'# Tips',
		'THE END',
		'[END]',
		'FADE OUT.',
	],
	...[
		'Would you like a third scene?',
		'These scenes tell a story of hope.',
		'Let me know!',
		'¿Quieres más escenas?',
	],
	...[
		'Sag mir Bescheid!',
		'Dis-moi si tu veux des modifications !',
		'Quer que eu ajuste?',
		'如果需要修改，请告诉我。',
	],
	...['修正があればお知らせください。', 'Feel free to adjust the timing.', 'All scenes: 35mm'],
])('what is about all scenes is left out before and after counted scenes: %s', (row) => {
	expect(read(`Scene 1: a⏎Scene 2: b⏎${row}`)).toEqual(A_AND_B);
	expect(read(`Scene 1: a¶Scene 2: b¶${row}`)).toEqual(A_AND_B);
	expect(read(`${row}⏎Scene 1: a⏎Scene 2: b`)).toEqual(A_AND_B);
	expect(read(`${row}¶Scene 1⏎a¶Scene 2⏎b`)).toEqual(['a', 'b']);
	expect(read(`1. a⏎2. b¶${row}`)).toEqual(['a', 'b']);
	expect(read(`**Scene 1**⏎a¶**Scene 2**⏎b¶${row}`)).toEqual(['a', 'b']);
});

test.each([
	...[
		'The crowd waits.',
		'Character: Ana, 30',
		'Setting: a harbor',
		'Logline: x',
		'Sure, here you go!',
	],
	...['Voiceover: "Come"', 'Introduction: a story', 'Characters:⏎- Ana, 30'],
])('a row that no known word names is never a scene beside counted ones: %s', (row) => {
	expect(read(`${row}⏎Scene 1: a⏎Scene 2: b`)).toEqual(A_AND_B);
	expect(read(`${row}¶Scene 1: a¶Scene 2: b`)).toEqual(A_AND_B);
	expect(read(`Scene 1: a¶Scene 2: b¶${row}`)).toHaveLength(2);
	expect(read(`Scene 1: a⏎${row}⏎Scene 2: b⏎${row}`)).toHaveLength(2);
});

test.each([
	...[
		'Hook',
		'Intro',
		'Opening',
		'Opening shot',
		'Teaser',
		'Prologue',
		'Hook / Intro',
		'Einstieg',
		'Gancho',
	],
	...['Accroche', 'Abertura', '开场', 'オープニング', '오프닝', 'Вступление'],
])('%s and an ending are scenes beside counted ones, with their text beside or below', (word) => {
	expect(read(`${word}: x⏎Scene 1: a⏎Scene 2: b⏎CTA: y`)).toEqual([
		`${word}: x`,
		...A_AND_B,
		'CTA: y',
	]);
	expect(read(`${word}⏎x¶Scene 1⏎a¶Scene 2⏎b¶Outro⏎y`)).toEqual([
		`${word}\nx`,
		'a',
		'b',
		'Outro\ny',
	]);
	expect(read(`**${word} (3s)**⏎x¶**Scene 1 (4s)**⏎a¶**Scene 2 (4s)**⏎b`)).toEqual([
		{ prompt: `${word}\nx`, seconds: 3 },
		{ prompt: 'a', seconds: 4 },
		{ prompt: 'b', seconds: 4 },
	]);
	expect(read(`## ${word}¶## Scene 1⏎a¶## Scene 2⏎b`)).toEqual(['a', 'b']);
	expect(read(`${word}: x¶1. a⏎2. b¶Final scene: y`)).toEqual([
		`${word}: x`,
		'a',
		'b',
		'Final scene: y',
	]);
});

test.each<[string, string[]]>([
	['# The Journey¶a¶b', ['a', 'b']],
	['**The Journey**¶a¶b', ['a', 'b']],
	['**a**¶**b**', ['**a**', '**b**']],
	['Title: The Journey⏎a⏎b', ['a', 'b']],
	['Here is your storyboard.¶a¶b', ['a', 'b']],
	['Sure! Here are 3 scenes for your video.¶a¶b', ['a', 'b']],
	['Got it.¶a¶b', ['a', 'b']],
	['Here is a boat in a video game.⏎b', ['Here is a boat in a video game.', 'b']],
	['Sure-footed goats climb.⏎b', ['Sure-footed goats climb.', 'b']],
	['a¶b¶Would you like me to add more scenes?', ['a', 'b']],
	['a⏎b⏎Total: 12 seconds', ['a', 'b']],
	['Scene 1⏎a¶Scene 2⏎b¶**Notes:**⏎- calm', ['a', 'b']],
	['Total darkness⏎b', ['Total darkness', 'b']],
	['Sound: waves crash⏎Sound: a gull cries', ['Sound: waves crash', 'Sound: a gull cries']],
	['Hook: N/A¶Scene 1: a¶Scene 2: b', ['Scene 1: a', 'Scene 2: b']],
	['a¶Negative prompt: blur', ['a']],
	[
		'INT. KITCHEN - DAY¶a¶CUT TO:¶EXT. GARDEN - NIGHT¶b¶FADE OUT.',
		['INT. KITCHEN - DAY\na', 'EXT. GARDEN - NIGHT\nb'],
	],
	[
		'Act 1: Storm¶Scene 1: a¶Scene 2: b¶Act 2: Calm¶Scene 3: c',
		['Scene 1: a', 'Scene 2: b', 'Scene 3: c'],
	],
	[
		'Music: she hears a band⏎Color: paint explodes',
		['Music: she hears a band', 'Color: paint explodes'],
	],
	['A boat\\nThe sea', ['A boat', 'The sea']],
])('titles, introductions and closings are no scenes, and prompts are: %s', (text, scenes) => {
	expect(read(text)).toEqual(scenes);
});

const FOUR_AND_EIGHT = [
	{ prompt: 'a', seconds: 4 },
	{ prompt: 'b', seconds: 8 },
];
test.each([
	'Scene 1⏎- **Duration:** 4 seconds⏎a¶Scene 2⏎- **Duration:** 8 seconds⏎b',
	'Scene 1⏎**Duration**: 4s⏎a¶Scene 2⏎*Duration: 8s*⏎b',
	'Szene 1⏎Dauer: 4 Sekunden⏎a¶Szene 2⏎Dauer: 8 Sekunden⏎b¶Gesamtdauer: 12 Sekunden',
	'Escena 1⏎a⏎Duración: 4 segundos¶Escena 2⏎b⏎Duración: 8 segundos',
	'Scène 1⏎Durée : 4 secondes⏎a¶Scène 2⏎Durée : 8 secondes⏎b',
	'场景1⏎时长：4秒⏎a¶场景2⏎时长：8秒⏎b',
	'Scene 1⏎Time: 0:00-0:04⏎a¶Scene 2⏎Time: 0:04-0:12⏎b',
	'Scene 1⏎⏱️ 4 seconds⏎a¶Scene 2⏎(4-12s)⏎b',
	'Scene 1 — 4s⏎a¶Scene 2 — 8s⏎b',
	'Scene 1: 4s⏎a⏎Scene 2: 8s⏎b',
	'Scene 1⏎Duration: 0:04⏎a⏎Scene 2⏎Duration: 0:08⏎b',
	'### Scene 1 · 4s⏎a⏎### Scene 2 · 8s⏎b',
	'00:00:00 - 00:00:04 a⏎00:00:04 - 00:00:12 b',
	'00:00:00,000 --> 00:00:04,000⏎a¶00:00:04,000 --> 00:00:12,000⏎b',
	'Scene 1, 4 seconds:⏎a⏎Scene 2, 8 seconds:⏎b',
	'🎬 Scene 1 (Duration: 4s)⏎a⏎🎬 Scene 2 (~8s)⏎b',
	'1. a (4s)⏎2. b (8s)⏎⏎Total: 12s',
	'1. [4s] a⏎2. [8s] b',
	'1. 4s: a⏎2. 8s: b',
	'a – 4 seconds⏎b – 8 seconds',
	'a, 4s⏎b, 8s',
	'a | 4s⏎b | 8s',
	'a. Duration: 4 seconds.⏎b. Duration: 8 seconds.',
	'0:00-0:04 a⏎0:04-0:12 b',
	'[00:00 - 00:04] a¶[00:04 - 00:12] b',
	'**Duration:** 12 seconds¶Scene 1 (0-4s)⏎a¶Scene 2 (4-12s)⏎b',
])('a stated duration is read and not sent: %s', (text) => {
	expect(read(text)).toEqual(FOUR_AND_EIGHT);
});

test.each<[string, unknown[]]>([
	['Scene 1 - 4 seconds - a⏎Scene 2 | 8s | b', [4, 8]],
	['Scene 1: a (4s)⏎Scene 2: b (8s)⏎Outro: c (2s)', [4, 8, 2]],
	['Scene 1 (0-3s): a⏎Scene 2 (4-7s): b', [3, 3]],
	['Scene 1 (wide, 4s)⏎a⏎Scene 2 (close, 8s)⏎b', [4, 8]],
	['镜头1（4秒）：a⏎镜头2（8秒）：b', [4, 8]],
	['a (4s)⏎b⏎c (8s)', [4, undefined, 8]],
	['A woman (30s) jogs⏎A man (40s)', [undefined, undefined]],
	['Here are 2 scenes of a 10 second film, 5 seconds each:¶1. a⏎2. b (8s)', [5, 8]],
	['Each scene: 5 seconds¶Scene 1: a⏎Scene 2: b', [5, 5]],
	['Here are 2 scenes (5 seconds each):¶a¶b', [5, 5]],
	['Scene 1 – a boat – 5 seconds – wide⏎Scene 2: b', [5, undefined]],
	['Seconds 0-4: a⏎Seconds 4-8: b', [4, 4]],
	['7:00-8:00: breakfast⏎8:00-9:00: work', [undefined, undefined]],
	['Scene 1: 80s: an arcade⏎Scene 2: 90s - a mall', [undefined, undefined]],
	['[HOOK - 0:00-0:03]⏎a¶[CTA - 0:03-0:05]⏎b', [3, 2]],
])('a duration may stand beside a title, or at the end of some texts: %s', (text, durations) => {
	expect(read(text).map((scene) => (scene as { seconds?: number }).seconds)).toEqual(durations);
});

test.each<[string, string]>([
	['Scene 1⏎**Duration:** 4⏎a⏎Scene 2⏎b', '**Duration:** 4'],
	['Scene 1⏎Länge: 4 bis 6 Sekunden⏎a⏎Scene 2⏎b', '4-6s'],
	['Scene 1 (4-6s)⏎a⏎Scene 2 (4-6s)⏎b', '4-6s'],
	['Scene 1 (8s)⏎Duration: 4s⏎a⏎Scene 2⏎b', '(8s) / Duration: 4s'],
	['**Duration:** 15 seconds¶Scene 1⏎a¶Scene 2⏎b', '**Duration:** 15 seconds'],
	['Scene 1: a⏎Scene 2: b⏎Duration: 15s', 'Duration: 15s'],
	['Scene 1 (4s): a⏎Scene 2: b⏎Duration: 12s', 'Duration: 12s'],
	['a¶Subject: b⏎Duration: 8 seconds¶Camera: c', 'Duration: 8 seconds'],
	['[0s] a⏎[4s] b', '[0s] a'],
	['Scene 1 (00:00)⏎a⏎Scene 2 (00:04)⏎b', '(00:00)'],
	['a | 4⏎b | 8', 'a | 4'],
])('words for a duration that cannot be read are kept, to be refused: %s', (text, words) => {
	const unread = read(text).map((scene) => (scene as { unreadDuration?: string }).unreadDuration);
	expect(unread.find((one) => one !== undefined)?.trim()).toBe(words);
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
	[`${HEAD}| Scene 1 | a |⏎| Totale | |`, [{ Action: 'a' }]],
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
	expect(quick(() => isNameOf('('.repeat(200_000)))).toBe(false);
	expect(quick(() => isData(`prompt, ${'('.repeat(200_000)}`))).toBe(false);
});
