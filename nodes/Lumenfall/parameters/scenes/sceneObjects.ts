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
	if (typeof part === 'string') {
		const scenes = scenesInJson(part);
		return scenes === undefined ? [part] : rowsDeeper(depth)(scenes);
	}
	if (!hasFields(part) || depth > MAX_DEPTH) return [part];
	if (isRecord(part.json)) return rowsIn(part.json, depth + 1);
	const prompt = promptOf(part);
	const lists = [...valuesOf(part, 'list'), ...(prompt ? [] : valuesOf(part, 'shots'))];
	const list = filledList(lists);
	if (list) {
		const all = ofAllScenes(part);
		return list.map((scene) => (all ? completed(scene, all) : scene)).flatMap(rowsDeeper(depth));
	}
	const described = Object.keys(part).find((key) => isPromptInParts(key, part[key]));
	if (described) return [{ ...part, [described]: JSON.stringify(part[described]) }];
	if (prompt) {
		const scenes = scenesInJson(prompt);
		return scenes?.flatMap((scene) => rowsIn(completed(scene, part), depth + 1)) ?? [part];
	}
	const counted = countedIn(part);
	if (counted.length > 0) return counted.flatMap(rowsDeeper(depth));
	const [inner, ...others] = Object.entries(part).filter(([, value]) => isObjectLike(value));
	if (!inner || others.length > 0 || !isAround(inner[0])) return [part];
	const [key, given] = inner;
	const value = typeof given === 'string' ? parsedFrom(given) : given;
	// The parts of a scene may stand beside the object with the others.
	if (isRecord(value)) return rowsIn(completed(value, { ...part, [key]: undefined }), depth + 1);
	return prompt === undefined ? [part] : rowsDeeper(depth)(value);
}

const rowsDeeper = (depth: number) => (value: unknown) =>
	Array.isArray(value) ? value.flatMap((one) => rowsIn(one, depth + 1)) : rowsIn(value, depth + 1);

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

/** `{ "prompt": { "shot": "wide", "subject": "a boat" } }` is sent as it is. An object with one text is that text. */
function isPromptInParts(key: string, value: unknown): boolean {
	const inside = Cell.of(value).value;
	const isPrompt = /prompt$/i.test(key.trim()) && hasFields(inside) && !hasScene(inside);
	return isPrompt && Object.keys(inside).length > 1;
}

/** Whether agents and databases put a scene or the list of scenes under this key. The text of a voice is not a prompt. */
function isAround(key: string): boolean {
	const isKnown = /^(?:output|data|result|response|fields|properties|item|setting)$/i.test(key);
	return isKnown || isNameOf(key, 'list', 'shots', 'prompt', 'shown');
}

function isObjectLike(value: unknown): boolean {
	if (typeof value === 'string') return parsedFrom(value) !== undefined;
	return Array.isArray(value) || hasFields(value);
}

/** Returns the scenes of `{ "scene_1": …, "scene_2": … }`. */
function countedIn(record: Record<string, unknown>): unknown[] {
	const keys = Object.keys(record).flatMap((key) => {
		const [, label, number] = /^(\D*?)[\s_-]*(\d{1,2})$/.exec(key.trim()) ?? [];
		return number ? [{ key, label: label.toLowerCase(), number: Number(number) }] : [];
	});
	const isCounted = keys.every(
		({ label, number }, index) => label === keys[0].label && number === keys[0].number + index,
	);
	return isCounted && keys.length > 1 ? keys.map(({ key }) => record[key]) : [];
}
