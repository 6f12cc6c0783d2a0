import { isRecord } from '../../support/isRecord';
import { Cell, hasFields } from '../cell';
import { parseJsonText } from '../jsonText';
import { isNameOf, valuesOf } from './sceneNames';
import { promptOf, valueIn, type Row } from './sceneParts';

/** Scenes in objects, lists and JSON, as agents, databases and APIs deliver them. */

/** Agents and APIs put the list of scenes into objects. */
const MAX_DEPTH = 5;

/** Returns the rows in a part of the list: the part itself, or those in JSON text, in a list, or deeper in an object. */
export function rowsIn(part: unknown, depth = 0): unknown[] {
	const deeper: Deeper = (value) =>
		Array.isArray(value)
			? value.flatMap((one) => rowsIn(one, depth + 1))
			: rowsIn(value, depth + 1);
	if (typeof part === 'string') {
		const scenes = scenesInJson(part);
		return scenes ? deeper(scenes) : [part];
	}
	if (!hasFields(part) || depth > MAX_DEPTH) return [part];
	const prompt = promptOf(part);
	for (const rule of RULES) {
		const rows = rule(part, prompt, deeper);
		if (rows) return rows;
	}
	return [part];
}

/** Reads the rows in a value of an object, or in each entry of a list. */
type Deeper = (value: unknown) => unknown[];

/**
 * Returns the rows in an object of one kind. Undefined if it is of another kind.
 * @param prompt empty if the object has none, undefined if it is no text
 */
type Rule = (record: Row, prompt: string | undefined, deeper: Deeper) => unknown[] | undefined;

/** The first that applies counts. An object without any is a scene itself. */
const RULES: Rule[] = [
	inItem,
	inListOfScenes,
	withPromptInParts,
	inPrompt,
	inCountedScenes,
	inOnlyObject,
];

/** An item of n8n: `{ "json": { "prompt": "The boat" } }`. */
function inItem({ json }: Row, _: unknown, deeper: Deeper) {
	return isRecord(json) ? deeper(json) : undefined;
}

/** `{ "scenes": ["The boat", "The sun"], "model": "sora-2" }`. Shots beside a prompt are what one scene shows. */
function inListOfScenes(record: Row, prompt: string | undefined, deeper: Deeper) {
	const lists = valuesOf(record, 'list');
	const scenes = filledList(prompt ? lists : [...lists, ...valuesOf(record, 'shots')]);
	const all = scenes && ofAllScenes(record);
	return scenes?.flatMap((scene) => deeper(all ? completed(scene, all) : scene));
}

/** `{ "prompt": { "shot": "wide", "subject": "a boat" } }` is sent as it is. An object with one text is that text. */
function withPromptInParts(record: Row) {
	const isInParts = (key: string) => {
		const inside = Cell.of(record[key]).value;
		const isPrompt = /prompt$/i.test(key.trim()) && hasFields(inside) && !hasScene(inside);
		return isPrompt && Object.keys(inside).length > 1;
	};
	const key = Object.keys(record).find(isInParts);
	return key === undefined ? undefined : [{ ...record, [key]: JSON.stringify(record[key]) }];
}

/** `{ "prompt": "The boat" }`, and `{ "prompt": "{\"prompt\": \"The boat\", \"duration\": 4}", "model": "sora-2" }`. */
function inPrompt(record: Row, prompt: string | undefined, deeper: Deeper) {
	if (!prompt) return undefined;
	return scenesInJson(prompt)?.flatMap((scene) => deeper(completed(scene, record))) ?? [record];
}

/** `scene_1`, `Shot 2` */
const COUNTED_KEY = /^(?<label>\D*?)[\s_-]*(?<number>\d{1,2})$/;
/** A longer key counts nothing. The expression would take long for it. */
const MAX_KEY = 100;

/** `{ "scene_1": "The boat", "scene_2": "The sun" }` */
function inCountedScenes(record: Row, _: unknown, deeper: Deeper) {
	const keys = Object.keys(record).flatMap((key) => {
		const found = key.length > MAX_KEY ? undefined : COUNTED_KEY.exec(key.trim())?.groups;
		return found ? [{ key, label: found.label.toLowerCase(), number: Number(found.number) }] : [];
	});
	const areCounted = keys.every(
		({ label, number }, index) => label === keys[0].label && number === keys[0].number + index,
	);
	if (!areCounted || keys.length < 2) return undefined;
	return keys.flatMap(({ key }) => deeper(record[key]));
}

/** `{ "output": { … } }` and `{ "output": "[\"The boat\"]" }`. The parts of a scene may stand beside the object with the others. */
function inOnlyObject(record: Row, prompt: string | undefined, deeper: Deeper) {
	const objects = Object.entries(record).flatMap(([key, value]) => {
		const inside = typeof value === 'string' ? parsedFrom(value) : value;
		return Array.isArray(inside) || hasFields(inside) ? [{ key, inside }] : [];
	});
	const [only, ...others] = objects;
	if (!only || others.length > 0 || !isAround(only.key)) return undefined;
	const { key, inside } = only;
	if (isRecord(inside)) return deeper(completed(inside, { ...record, [key]: undefined }));
	// A list as the prompt is refused.
	return prompt === undefined ? undefined : deeper(inside);
}

/** Whether agents and databases put a scene or the list of scenes under this key. The text of a voice is not a prompt. */
function isAround(key: string): boolean {
	const isKnown = /^(?:output|data|result|response|fields|properties|item|setting)$/i.test(key);
	return isKnown || isNameOf(key, 'list', 'shots', 'prompt', 'shown');
}

/** Returns the list or object in JSON text. Undefined for any other text, also if it begins like JSON. */
export function parsedFrom(given: string): unknown {
	const parsed = /^\s*[[{]|```/.test(given) ? parseJsonText(given) : undefined;
	return typeof parsed === 'object' && parsed !== null ? parsed : undefined;
}

/**
 * Returns the scenes in the JSON text that stands in place of a prompt. Undefined for any other text, also for JSON: models take a prompt
 * such as `{ "shot": "wide", "subject": "a boat" }`.
 */
function scenesInJson(prompt: string): unknown[] | undefined {
	const records = [parsedFrom(prompt)].flat() as unknown[];
	if (records.length === 0 || !records.every(hasScene)) return undefined;
	return records.flatMap((record) => filledList(valuesOf(record, 'list')) ?? [record]);
}

/** Whether JSON is certainly a scene, or an object with scenes. Under other names it may be a prompt in parts. */
function hasScene(value: unknown): value is Row {
	if (!isRecord(value)) return false;
	return Object.entries(value).some(([key, inside]) => {
		const name = key.trim().toLowerCase();
		const isPrompt = name === 'prompt' && typeof inside === 'string' && !Cell.of(inside).isEmpty;
		return isPrompt || (name === 'scenes' && filledList([inside]) !== undefined);
	});
}

function filledList(values: unknown[]): unknown[] | undefined {
	return values.find((value): value is unknown[] => Array.isArray(value) && value.length > 0);
}

/** Returns a scene with the values that stand beside its object, except for the parts that it has itself. */
function completed(scene: unknown, beside: Row): Row {
	const own = isRecord(scene) ? scene : { prompt: scene };
	const parts = (['seconds', 'model', 'image', 'aspectRatio'] as const).filter(
		(part) => valueIn(own, part) !== undefined,
	);
	const others = Object.entries(beside).filter(
		([key]) => !isNameOf(key, 'prompt', 'shown', ...parts),
	);
	return { ...Object.fromEntries(others), ...own };
}

/** Returns what stands beside a list for all of its scenes. Undefined if there is nothing. A duration may be the total. */
function ofAllScenes(beside: Row): Row | undefined {
	const all = {
		aspectRatio: valueIn(beside, 'aspectRatio'),
		model: valueIn(beside, 'model'),
		image: valueIn(beside, 'image'),
		seconds: valueIn(beside, 'secondsEach'),
	};
	return Object.values(all).every((value) => value === undefined) ? undefined : all;
}
