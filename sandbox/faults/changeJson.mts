import type { ActiveFault } from './faultSchema.mts';

type JsonFault = Extract<ActiveFault, { do: 'patch' | 'repeat' | 'echo-key' }>;

/** The values of the placeholders in a patch. */
export interface Placeholders {
	key: string;
	id?: string;
	url?: string;
}

/** Returns the JSON text of a response as the fault changes it. */
export function changeJson(text: string, fault: JsonFault, values: Placeholders): string {
	const json = JSON.parse(text) as unknown;
	switch (fault.do) {
		case 'patch':
			return patched(json, fault, values);
		case 'repeat':
			return JSON.stringify(withRepeated(json, fault.at.split('.'), fault.count));
		case 'echo-key':
			return JSON.stringify(withKey(json, keyAs(fault.form, values.key)));
	}
}

type Container = Record<string, unknown>;

function patched(
	json: unknown,
	{ remove, move, set, setRaw }: Extract<ActiveFault, { do: 'patch' }>,
	values: Placeholders,
): string {
	for (const [from, to] of Object.entries(move)) {
		const value = read(json, from.split('.'));
		erase(json, from.split('.'));
		write(json, to.split('.'), value);
	}
	for (const path of remove) erase(json, path.split('.'));
	for (const [path, value] of Object.entries(set)) {
		write(json, path.split('.'), filled(value, values));
	}
	const raw = Object.entries(setRaw);
	raw.forEach(([path], index) => write(json, path.split('.'), rawMark(index)));
	return raw.reduce(
		(text, [, value], index) =>
			text.replace(JSON.stringify(rawMark(index)), String(filled(value, values))),
		JSON.stringify(json),
	);
}

const rawMark = (index: number) => `\u0001raw ${index}\u0001`;

function read(json: unknown, path: string[]): unknown {
	return path.reduce<unknown>((at, step) => (at as Container | undefined)?.[step], json);
}

function erase(json: unknown, path: string[]) {
	const container = read(json, path.slice(0, -1)) as Container | undefined;
	if (container) delete container[path.at(-1)!];
}

/** Creates missing objects and lists. A number in the path means a list. */
function write(json: unknown, path: string[], value: unknown) {
	const [step, ...rest] = path;
	const container = json as Container;
	if (rest.length === 0) {
		container[step] = value;
		return;
	}
	if (typeof container[step] !== 'object' || container[step] === null) {
		container[step] = /^\d+$/.test(rest[0]) ? [] : {};
	}
	write(container[step], rest, value);
}

function filled(value: unknown, values: Placeholders): unknown {
	if (typeof value === 'string') {
		return value.replace(/\{(key|id|url)\}/g, (_, name: keyof Placeholders) => values[name] ?? '');
	}
	if (Array.isArray(value)) return value.map((one) => filled(one, values));
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value).map(([name, one]) => [name, filled(one, values)]),
	);
}

function withRepeated(json: unknown, path: string[], count: number): unknown {
	const entries = read(json, path) as Container[];
	const repeated = Array.from({ length: count }, (_, round) =>
		entries.map((entry) =>
			round === 0 ? entry : { ...entry, id: `${String(entry.id)}-${round}` },
		),
	);
	write(json, path, repeated.flat());
	return json;
}

// Texts that a client uses. The key in one of them would only break the exchange.
const machineFields = ['id', 'object', 'status', 'url', 'video_url', 'polling_url', 'type'];

function withKey(value: unknown, key: string, name = ''): unknown {
	if (typeof value === 'string') {
		return machineFields.includes(name) || value.startsWith('http') ? value : `${value} ${key}`;
	}
	if (Array.isArray(value)) return value.map((one) => withKey(one, key, name));
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value).map(([field, one]) => [field, withKey(one, key, field)]),
	);
}

function keyAs(form: Extract<ActiveFault, { do: 'echo-key' }>['form'], key: string): string {
	const forms: Record<typeof form, () => string> = {
		plain: () => key,
		header: () => `Bearer ${key}`,
		upper: () => key.toUpperCase(),
		percent: () => [...key].map((one) => `%${one.charCodeAt(0).toString(16)}`).join(''),
		base64: () => Buffer.from(key).toString('base64'),
	};
	return forms[form]();
}
