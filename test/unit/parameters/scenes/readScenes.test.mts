import { failureOf } from '../../../../nodes/Lumenfall/errors/failure';
import { readScenes } from '../../../../nodes/Lumenfall/parameters/scenes/readScenes';
import { fakeForm } from '../../../support/fakeForm.mts';
import { quick } from '../../../support/quick.mts';

const read = (sceneList: unknown) =>
	readScenes(fakeForm({ values: { scenesFrom: 'text', sceneList } }).form);
const refusal = (sceneList: unknown) => {
	try {
		return `accepted as ${JSON.stringify(read(sceneList))}`;
	} catch (error) {
		return failureOf(error)?.message;
	}
};

const BOAT = { prompt: 'The boat' };
const SUN = { prompt: 'The sun' };
const SEA = { prompt: 'The sea', seconds: 4 };

test.each<[string, unknown, object[]]>([
	['prompts', ['The boat'], [BOAT]],
	['objects', [{ prompt: 'The sea', seconds: 4 }], [SEA]],
	['a mixed list', ['The boat', { scene: 'The sea', duration: '4 s' }], [BOAT, SEA]],
	['JSON', '[{"prompt":"The sea","seconds":"4"}]', [SEA]],
	['JSON of an object with the list', '{"scenes":[{"text":"The sea","length":4.0}]}', [SEA]],
	['JSON in Markdown', '```json\n[{"prompt":"The sea","seconds":4}]\n```', [SEA]],
	['JSON after a sentence', 'Here they are:\n```\n["The boat"]\n```\nEnjoy!', [BOAT]],
	['a list of Python', "[{'prompt': 'The sea', 'seconds': 4, 'model': None,}]", [SEA]],
	[
		'lines with labels',
		'[Scene 1] Rain\n[Scene 2] Sun',
		[{ prompt: '[Scene 1] Rain' }, { prompt: '[Scene 2] Sun' }],
	],
	['an object with the list', { Scenes: ['The boat'] }, [BOAT]],
	['one object', { description: 'The boat' }, [BOAT]],
	['items of n8n', [{ json: { Prompt: 'The sea', 'Duration Seconds': 4 } }], [SEA]],
	['lines', 'The boat\nThe sun, and rain\n', [BOAT, { prompt: 'The sun, and rain' }]],
	['paragraphs', 'The boat\n\nThe sun\nand rain', [BOAT, { prompt: 'The sun\nand rain' }]],
	['one line', ' The boat ', [BOAT]],
	[
		'headings with numbers',
		'Your storyboard:\n## Scene 1\nThe boat\n---\n## Scene 2\nThe sun\nand rain',
		[BOAT, { prompt: 'The sun\nand rain' }],
	],
	['a number as heading', '**Scene 1:**\n\nThe boat\n\n**Scene 2:**\n\nThe sun', [BOAT, SUN]],
	[
		'a numbered list below a sentence',
		'Here are 2 scenes:\n\n1. The boat\n2. The sun',
		[BOAT, SUN],
	],
	[
		'paragraphs with counted steps',
		'The boat:\n1. it sails\n2. it sinks\n\nThe sun',
		[{ prompt: 'The boat:\n1. it sails\n2. it sinks' }, SUN],
	],
	['a number in place of the prompt', [{ scene: 1, description: 'The boat' }], [BOAT]],
	['a label in place of the prompt', [{ scene: 'Opening', visual_prompt: 'The boat' }], [BOAT]],
	['a linked cell', [{ Prompt: ['The sea'], 'Duration (Seconds)': ['4'] }], [SEA]],
	['numbered lines', '1. The boat\n2) The sun', [BOAT, { prompt: 'The sun' }]],
	[
		'lines with a word before a colon',
		'Model: a man in a red coat\nModel: he waves',
		[{ prompt: 'Model: a man in a red coat' }, { prompt: 'Model: he waves' }],
	],
	['lines with bullets', '- The boat\n• The sun', [BOAT, { prompt: 'The sun' }]],
	['paragraphs with lines between', 'The boat\n\n---\n\nThe sun', [BOAT, { prompt: 'The sun' }]],
	['lines with asterisks between', 'The boat\n***\nThe sun', [BOAT, { prompt: 'The sun' }]],
	['a Markdown table', '| # | Prompt | Duration |\n|---|---|---|\n| 1 | The sea | 4s |', [SEA]],
	['cells of a sheet', 'Scene\tPrompt\tDauer (s)\n1\tThe sea\t4', [SEA]],
	[
		'an object with counted scenes',
		{ scene_1: 'The boat', scene_2: { prompt: 'The sun' } },
		[BOAT, SUN],
	],
	[
		'the object of an agent',
		[{ output: { title: 'x', shots: ['The boat', 'The sun'] } }],
		[BOAT, SUN],
	],
	['JSON in an item', [{ text: '```json\n{"scenes":["The boat","The sun"]}\n```' }], [BOAT, SUN]],
	['JSON in rows', ['{"prompt":"The sea","seconds":4}', '{"prompt":"The sun"}'], [SEA, SUN]],
	['a record of Airtable', [{ id: 'rec1', fields: { Prompt: 'The sea', Duration: 4 } }], [SEA]],
	['an item of Notion', [{ name: 'x', property_prompt: 'The sea', property_duration: 4 }], [SEA]],
	['an object in a row', [{ scene: { prompt: 'The sea' }, seconds: 4 }], [SEA]],
	['a unit in the name', [{ prompt: 'The sea', duration_sec: 4 }], [SEA]],
	['the scene in the names', [{ 'Scene prompt': 'The sea', 'Scene duration (s)': 4 }], [SEA]],
	['an empty column before', [{ prompt: 'The sea', Seconds: '', Duration: '4' }], [SEA]],
	['German names', [{ Szene: 1, Beschreibung: 'The sea', Dauer: '4 s' }], [SEA]],
	['Spanish names', [{ escena: 1, descripción: 'The sea', duración: '4' }], [SEA]],
	['Chinese names', [{ 场景: 1, 描述: 'The sea', 时长: '4秒' }], [SEA]],
	['headings in Finnish', 'Kohtaus 1\nThe boat\nKohtaus 2\nThe sun', [BOAT, SUN]],
	['headings in Arabic', 'المشهد 1\nThe boat\nالمشهد 2\nThe sun', [BOAT, SUN]],
	['headings in Chinese', '第一个镜头\nThe boat\n第二个镜头\nThe sun', [BOAT, SUN]],
	['the number first', '1. Szene\nThe boat\n\n2. Szene\nThe sun', [BOAT, SUN]],
	['Roman numbers', 'SCENE I\nThe boat\nSCENE II\nThe sun', [BOAT, SUN]],
	['numbers in words', '**Scene One**\nThe boat\n**Scene Two**\nThe sun', [BOAT, SUN]],
	['letters', 'Shot 1A\nThe boat\nShot 1B\nThe sun', [BOAT, SUN]],
	['a total', 'Scene 1 of 2\nThe boat\nScene 2 of 2\nThe sun', [BOAT, SUN]],
	['dashes', '--- Scene 1 ---\nThe boat\n--- Scene 2 ---\nThe sun', [BOAT, SUN]],
	[
		'headings with a duration',
		'### Scene 1 (4s)\nThe sea\n\n### Scene 2 (5 sec)\nThe sun',
		[SEA, { ...SUN, seconds: 5 }],
	],
	[
		'headings with a time',
		'Scene 1 [0-4s]\nThe sea\nScene 2 [0:04-0:09]\nThe sun',
		[SEA, { ...SUN, seconds: 5 }],
	],
	[
		'headings with a title',
		'My film\n## Scene 1: Out\nThe boat\n## Scene 2: Up\nThe sun',
		[{ prompt: 'Scene 1: Out\nThe boat' }, { prompt: 'Scene 2: Up\nThe sun' }],
	],
	['bullets on two lines', '- The boat\n  sails\n- The sun', [{ prompt: 'The boat\nsails' }, SUN]],
	['bullets below a sentence', 'Here they are:\n- The boat\n- The sun', [BOAT, SUN]],
	['an agent that talks', 'Here:\n\nThe boat\n\nThe sun\n\nLet me know!', [BOAT, SUN]],
	[
		'paragraphs with named steps',
		'The boat:\nStep 1: it sails\nStep 2: it sinks\n\nThe sun',
		[{ prompt: 'The boat:\nStep 1: it sails\nStep 2: it sinks' }, SUN],
	],
	[
		'headings below a sentence',
		'Your film:\nScene 1: The boat\n\nScene 2: The sun',
		[{ prompt: 'Scene 1: The boat' }, { prompt: 'Scene 2: The sun' }],
	],
	['levels that are scenes', 'Level 1\nLevel 2', [{ prompt: 'Level 1' }, { prompt: 'Level 2' }]],
	[
		'scenes with labels below each other',
		'Visual:\nThe boat.\nDialogue:\nNone\n\nVisual:\nThe sun.\nDialogue:\nNone',
		[
			{ prompt: 'Visual:\nThe boat.\nDialogue:\nNone' },
			{ prompt: 'Visual:\nThe sun.\nDialogue:\nNone' },
		],
	],
	[
		'scenes with a number below each',
		'The boat\nTake: 4\n\nThe sun\nTake: 5',
		[{ prompt: 'The boat\nTake: 4' }, { prompt: 'The sun\nTake: 5' }],
	],
	[
		'scenes with a letter below each',
		'The boat\nCamera: A\n\nThe sun\nCamera: B',
		[{ prompt: 'The boat\nCamera: A' }, { prompt: 'The sun\nCamera: B' }],
	],
	...['sea', 'boat', 'camera', 'music', 'sound', 'one'].map((word): [string, string, object[]] => [
		`lines that are equal: The ${word},`,
		`The ${word}\nThe sun\nThe ${word}`,
		[{ prompt: `The ${word}` }, SUN, { prompt: `The ${word}` }],
	]),
	['headings in Chinese without a sign', '镜头一\nThe boat\n镜头二\nThe sun', [BOAT, SUN]],
	[
		'lines and paragraphs that speak to the viewer',
		'The boat\nEnjoy the sea\nFeel free',
		[BOAT, { prompt: 'Enjoy the sea' }, { prompt: 'Feel free' }],
	],
	['paragraphs that speak', 'The boat\n\nEnjoy!', [BOAT, { prompt: 'Enjoy!' }]],
	...[
		'1. The boat\n2. The sun',
		'Here:\n- The boat\n- The sun',
		'Here:\n\nThe boat\n\nThe sun',
		'Scene 1\nThe boat\n\nScene 2\nThe sun',
	].map((text): [string, string, object[]] => [
		`scenes of an agent that speaks below them: ${text},`,
		`${text}\n\nLet me know if you want changes!`,
		[BOAT, SUN],
	]),
	[
		'headings above paragraphs that speak',
		'Scene 1\n\nThe boat\n\nScene 2\n\nEnjoy!',
		[BOAT, { prompt: 'Enjoy!' }],
	],
	['a numbered list of a document', '1.\tThe boat\n2.\tThe sun', [BOAT, SUN]],
	['bullets of a document', '•\tThe boat\n•\tThe sun', [BOAT, SUN]],
	['numbers in a sheet', 'No.\tPrompt\n1.\tThe boat\n2.\tThe sun', [BOAT, SUN]],
	['the rest of a film', 'The rest:\nScene 4\nThe boat\nScene 5\nThe sun', [BOAT, SUN]],
	[
		'a scene with a list of what it shows',
		{ scenes: [{ ...SEA, shots: ['wide', 'close-up'], clips: [] }] },
		[SEA],
	],
	['a scene with an empty list', { scenes: [{ ...SEA, scenes: [] }] }, [SEA]],
	['the scenes beside a description', { description: 'x', scenes: ['The boat'] }, [BOAT]],
	['emoji', '🚤\n🌊', [{ prompt: '🚤' }, { prompt: '🌊' }]],
	['empty rows', ['', 'The boat', null, {}, '  '], [BOAT]],
	['empty cells', [{ prompt: 'The boat', seconds: '', model: null, image: ' ' }], [BOAT]],
	['further values', [{ title: '1', prompt: 'The boat', voice: { text: 'x' } }], [BOAT]],
	['0 as the duration', [{ prompt: 'The boat', seconds: 0 }], [BOAT]],
	[
		'a model and an image',
		[
			{
				prompt: 'The boat',
				model: { __rl: true, value: 'sora-2' },
				image_url: 'https://e.com/a.png',
			},
		],
		[{ ...BOAT, model: 'sora-2', image: 'https://e.com/a.png' }],
	],
	[
		'a file of another node',
		[{ prompt: 'The boat', image: { mimeType: 'image/png', data: '', id: 'filesystem:1' } }],
		[{ ...BOAT, image: { mimeType: 'image/png', data: '', id: 'filesystem:1' } }],
	],
	...[
		'{"shot":"wide","subject":"boat"}',
		'{"subject":"boat"}',
		'{"description":"A boat","camera":"wide"}',
		'["A boat","A storm"]',
		'[{"shot":"wide"},{"shot":"close"}]',
		'{"prompt":{"subject":"boat"}}',
		'{"scenes":"two boats"}',
		'["Hello"] is on a sign',
		'{"a":1} on a screen',
	].flatMap((prompt): Array<[string, unknown, object[]]> => {
		const others = { seconds: 8, model: 'veo-3.1', image: 'img1' };
		return [
			[`a prompt that is JSON text: ${prompt},`, [prompt], [{ prompt }]],
			['and a scene with it', [{ prompt, ...others }], [{ prompt, ...others }]],
			['and the same in the form', { scene: [{ prompt, ...others }] }, [{ prompt, ...others }]],
		];
	}),
	[
		'JSON of a scene beside its other values',
		{ scene: [{ prompt: '{"prompt":"The sea","duration":4}', seconds: 0, model: 'veo-3.1' }] },
		[{ ...SEA, model: 'veo-3.1' }],
	],
	[
		'JSON of scenes beside a model',
		[{ text: '[{"prompt":"The sea","seconds":4},{"prompt":"The sun"}]', model: 'veo-3.1' }],
		[
			{ ...SEA, model: 'veo-3.1' },
			{ ...SUN, model: 'veo-3.1' },
		],
	],
	[
		'JSON of an object with the scenes beside a model and a duration',
		{
			scene: [
				{
					prompt: '{"scenes":["The boat",{"prompt":"The sea","duration":4}]}',
					seconds: 8,
					model: 'x',
				},
			],
		},
		[
			{ ...BOAT, seconds: 8, model: 'x' },
			{ ...SEA, model: 'x' },
		],
	],
	[
		'an object with a duration beside it',
		[{ scene: { prompt: 'The sea', duration: 4 }, seconds: 8 }],
		[SEA],
	],
	['JSON in a description', [{ description: '{"prompt":"The sea","seconds":4}' }], [SEA]],
	['JSON of a list in the answer of an agent', [{ output: '["The boat","The sun"]' }], [BOAT, SUN]],
	...[
		{ time: '0-4s' },
		{ timestamp: '00:00-00:04' },
		{ duration: '0:00-0:04' },
		{ start: 0, end: 4 },
		{ start_time: '00:00', end_time: '00:04' },
		{ duration_ms: 4000 },
		{ estimated_duration: '4 s' },
		{ runtime: 4 },
	].map((time): [string, unknown, object[]] => [
		`the duration in ${JSON.stringify(time)}`,
		[{ prompt: 'The sea', ...time }],
		[SEA],
	]),
	[
		'times in the video',
		[
			{ prompt: 'The sea', time: '0-4s' },
			{ prompt: 'The sun', time: '4-12s' },
		],
		[SEA, { ...SUN, seconds: 8 }],
	],
	['a duration of each scene', { duration_per_scene: 4, scenes: ['The sea'] }, [SEA]],
	['a total', { duration: 15, total_duration: 15, scenes: ['The boat'] }, [BOAT]],
	[
		'what stands beside the list',
		{ model: 'kling-v3', aspect_ratio: '9:16', scenes: ['The boat', { ...SEA, model: 'veo-3' }] },
		[
			{ ...BOAT, model: 'kling-v3', aspectRatio: '9:16' },
			{ ...SEA, model: 'veo-3', aspectRatio: '9:16' },
		],
	],
	['a name beside the prompt', [{ scene: 'Scene 1', action: 'The boat' }], [BOAT]],
	['a label beside the prompt', [{ scene: 'Intro', text: 'The boat' }], [BOAT]],
	[
		'parts of a prompt, in their order',
		[{ shot: 'wide', subject: 'a boat', scene: 'harbor', action: 'drifts', camera: 'slow' }],
		[{ prompt: 'wide\na boat\nharbor\ndrifts' }],
	],
	[
		'a prompt that is an object',
		[{ prompt: { shot: 'wide', subject: 'a boat' }, seconds: 4 }],
		[{ prompt: '{"shot":"wide","subject":"a boat"}', seconds: 4 }],
	],
	['a prompt in a prompt', [{ prompt: { prompt: 'The sea', seconds: 4 } }], [SEA]],
	['a list of one text', ['Scene 1\nThe boat\nScene 2\nThe sun'], [BOAT, SUN]],
	['JSON of a list of one text', '["1. The boat\\n2. The sun"]', [BOAT, SUN]],
	['thoughts', '<think>\n1. x\n2. y\n</think>\n1. The boat\n2. The sun', [BOAT, SUN]],
	['thoughts before JSON', 'Plan it.</think>["The boat","The sun"]', [BOAT, SUN]],
	[
		'a table with times',
		'| Scene | Time | Visual |\n|---|---|---|\n| 1 | 0:00–0:04 | The sea |\n\nTotal: 4s',
		[SEA],
	],
	['a scene with a storyboard', [{ ...SEA, storyboard: ['wide', 'close'] }], [SEA]],
	['a storyboard', { storyboard: ['The boat', 'The sun'] }, [BOAT, SUN]],
	[
		'a scene with a type',
		[{ type: 'prompt', ...SEA, model: 'kling-v3' }],
		[{ ...SEA, model: 'kling-v3' }],
	],
	['a scene with a value', { prompt: 'The boat', value: 8 }, [BOAT]],
	['a scene with a color', { color: 'red', name: 'Anna', prompt: 'The boat' }, [BOAT]],
	...[
		{ shot_length: 'wide' },
		{ timing: 'slow' },
		{ timecode: '0:04' },
		{ Dauer: 'kurz' },
		{ start_frame: 'a boat at dawn' },
		{ picture: 'A boat' },
		{ photo: { description: 'A boat' } },
		{ scene_image: 'a boat' },
		{ ratio: { width: 16 } },
		{ aspectRatio: [16, 9] },
	].map((other): [string, unknown, object[]] => [
		`values of another kind, as in ${JSON.stringify(other)},`,
		[{ ...BOAT, ...other }],
		[BOAT],
	]),
	...['https://e.com/a.png', 'data:image/png;base64,AAAA', { mimeType: 'image/png', data: '' }].map(
		(image): [string, unknown, object[]] => [
			'images under another name',
			[{ ...BOAT, start_frame: image }],
			[{ ...BOAT, image }],
		],
	),
])('%s are read as scenes', (_, given, scenes) => {
	expect(read(given)).toEqual(scenes);
});

test.each<[string, unknown, string | RegExp]>([
	['nothing', '', "'Scenes' contains no scene"],
	['an empty list', [], "'Scenes' contains no scene"],
	['nothing but lines', '---\n\n***\n####', "'Scenes' contains no scene"],
	['nothing but thoughts', '<think>1. x', "'Scenes' contains no scene"],
	['too many', Array(51).fill('a'), "'Scenes' contains 51 scenes"],
	['a scene without a prompt', ['a', { seconds: 4 }], "Scene 2 in 'Scenes' has no prompt"],
	[
		'damaged JSON, whose lines are not scenes',
		'[\n{"prompt":"a"},\n{"prompt":"b"\n]',
		/^'Scenes' is /,
	],
	['damaged JSON in Markdown', 'Here:\n```json\n[{"prompt":"a"\n```', /^'Scenes' is /],
	['JSON below a sentence', 'Here they are:\n["The boat", "The sun"]', /^'Scenes' is /],
	['a table without names', '| 1 | The boat |\n| 2 | The sea |', /^'Scenes' is /],
	['a table without prompts', '| No | Place |\n|---|---|\n| 1 | The sea |', /^'Scenes' is /],
	['a CSV file', 'prompt,seconds\nThe boat,4\n"The sea, calm",6', /^'Scenes' is /],
	['damaged JSON in an entry', '1. {"prompt":"The boat"\n2. The sun', /^'Scenes' is /],
	[
		'a voice that speaks',
		[{ title: 'A boat', audio: { text: 'wind' } }],
		/Scene 1 .* has no prompt/,
	],
	['a dialogue', [{ name: 'A boat', dialogue: { content: 'Ahoy!' } }], /Scene 1 .* has no prompt/],
	['a camera', [{ camera: { description: 'slow pan' } }], /Scene 1 .* has no prompt/],
	['a failed expression', '[object Object]', /accepted as .*\[object Object\]/],
	['nothing, in words', ['null', 'N/A', '-'], "'Scenes' contains no scene"],
	['the error of a formula', ['The boat', '#REF!'], "'Prompt of Scene 2' is '#REF!'"],
	[
		'a time in the video that does not follow the one before',
		[{ prompt: 'The boat', duration: '4-6s' }],
		"'Duration (Seconds) of Scene 1' is '4-6s'",
	],
	[
		'headings with a range',
		'Scene 1 (4-6s)\nThe boat\nScene 2 (4-6s)\nThe sun',
		"'Duration (Seconds) of Scene 1' is '4-6s'",
	],
	[
		'a duration without a unit',
		'## Scene 1\n**Duration:** 4\nThe boat\n## Scene 2\nThe sun',
		"'Duration (Seconds) of Scene 1' is '**Duration:** 4'",
	],
	[
		'a duration of an introduction',
		'Length: 15s\nScene 1: The boat\nScene 2: The sun',
		"'Duration (Seconds) of Scene 1' is 'Length: 15s'",
	],
	['a duration in place of a scene', 'A\nDuration: 4 seconds', "Scene 2 in 'Scenes' has no prompt"],
	['false', false, "'Prompt of Scene 1' is 'false'"],
	['a text of true', 'true', "'Prompt of Scene 1' is 'true'"],
	['a prompt that is false', [BOAT, { prompt: false }], "'Prompt of Scene 2' is 'false'"],
	['a record', '- prompt: The boat\n  seconds: 4\n- prompt: The sun', /^'Scenes' is /],
	['a number without a prompt', [{ scene: 1, mood: 'calm' }], "Scene 1 in 'Scenes' has no prompt"],
	['a column of numbers', [['The boat', 8]], /^'Scenes' is /],
	['a prompt that is a list', [{ prompt: ['a', 'b'] }], /^'Scenes' is /],
	['a list in a list in a list', [[[['a']]]], /^'Scenes' is /],
	[
		'a duration that is none',
		['a', { prompt: 'b', seconds: 'long' }],
		"'Duration (Seconds) of Scene 2' is 'long'",
	],
	['a negative duration', [{ prompt: 'b', seconds: -1 }], "'Duration (Seconds) of Scene 1' is -1"],
	['a model that is none', [{ prompt: 'b', model: [1, 2] }], "'Model of Scene 1' is '[1,2]'"],
	['two images', [{ prompt: 'b', image: ['a', 'b'] }], `'Image of Scene 1' is '["a","b"]'`],
])('%s: refused by name', (_, given, message) => {
	expect(refusal(given)).toMatch(message);
});

test.each(['\r', '\u2028', '\n', ' '])('scenes with thousands of %j take no time', (blank) => {
	expect(quick(() => refusal(`A boat${blank.repeat(60_000)}A storm`), 1_000)).toBeDefined();
});

test('a long text in place of a ratio takes no time', () => {
	const ratio = `wide${' '.repeat(50_000)}x`;
	expect(quick(() => read([{ ...BOAT, ratio }]), 500)).toHaveLength(1);
});

test('a long key takes no time', () => {
	const scene = { ['-'.repeat(100_000)]: 'a' };
	expect(quick(() => refusal([scene]), 500)).toMatch(/Scene 1 .* has no prompt/);
});
