import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INodeProperties, INodePropertyOptions, INodeTypeDescription } from 'n8n-workflow';
import { LumenfallApi } from '../../../credentials/LumenfallApi.credentials';
import { FAILURE_KINDS } from '../../../nodes/Lumenfall/errors/failure';
import { operations } from '../../../nodes/Lumenfall/actions/router';
import { Lumenfall } from '../../../nodes/Lumenfall/Lumenfall.node';
import { LumenfallTrigger } from '../../../nodes/LumenfallTrigger/LumenfallTrigger.node';

/**
 * Saved workflows and credentials contain these names and values, and their expressions compare the kinds of failures.
 * None of them may change or disappear: such a workflow would silently lose a setting. New ones may be added with
 * `UPDATE_SAVED_NAMES=1`.
 */
const SNAPSHOT = join(process.cwd(), 'test/unit/descriptions/savedNames.txt');

test('every name and value that a saved workflow can contain is unchanged', () => {
	const names = [
		...nodeLines(new Lumenfall().description),
		...Object.entries(operations).flatMap(([resource, byName]) =>
			Object.entries(byName).flatMap(([operation, { description }]) => [
				'',
				`# ${resource} / ${operation}`,
				...description.flatMap((field) => fieldLines(field)),
			]),
		),
		'',
		...nodeLines(new LumenfallTrigger().description),
		...new LumenfallTrigger().description.properties.flatMap((field) => fieldLines(field)),
		'',
		`# credential ${new LumenfallApi().name}`,
		...new LumenfallApi().properties.flatMap((field) => fieldLines(field)),
		'',
		'# details.kind and failure.kind',
		...[...FAILURE_KINDS].sort(),
	];
	const text = `${names.join('\n')}\n`;
	if (process.env.UPDATE_SAVED_NAMES) writeFileSync(SNAPSHOT, text);
	expect(existsSync(SNAPSHOT)).toBe(true);
	expect(text).toBe(readFileSync(SNAPSHOT, 'utf8'));
});

test('the snapshot contains the whole form: each field belongs to an operation or is the menu', () => {
	const ofOperations = Object.values(operations).flatMap((byName) =>
		Object.values(byName).flatMap(({ description }) => description),
	);
	const others = new Lumenfall().description.properties.filter(
		(field) => !ofOperations.includes(field),
	);
	expect(others.map(({ name }) => name)).toEqual([
		'resource',
		'operation',
		'operation',
		'operation',
	]);
});

/**
 * What n8n stores of a node in addition to its parameters: type, version, credential, and the paths of webhook URLs.
 */
function nodeLines({
	name,
	version,
	credentials,
	webhooks,
	properties,
}: INodeTypeDescription): string[] {
	return [
		`# node ${name}, version ${String(version)}`,
		...(credentials ?? []).map((credential) => `credential ${credential.name}`),
		...(webhooks ?? []).map((webhook) => `webhook ${String(webhook.httpMethod)} ${webhook.path}`),
		...properties
			.filter((field) => ['resource', 'operation'].includes(field.name))
			.flatMap((field) => fieldLines(field)),
	];
}

/** `name: type = default`, followed by its values, and the content of a collection in the lines below. */
function fieldLines(field: INodeProperties, indent = ''): string[] {
	if (field.type === 'notice') return [];
	const { name, type, default: initial, modes, options = [] } = field;
	const values = (options as INodePropertyOptions[]).flatMap(({ value }) => value ?? []);
	const choices = [...(modes ?? []).map((mode) => mode.name), ...values];
	const inner = options.flatMap((option) =>
		'values' in option
			? [
					`${indent}  ${option.name}`,
					...option.values.flatMap((row) => fieldLines(row, `${indent}    `)),
				]
			: 'type' in option
				? fieldLines(option, `${indent}  `)
				: [],
	);
	const list = choices.length > 0 ? ` (${choices.join(', ')})` : '';
	return [`${indent}${name}: ${type} = ${JSON.stringify(initial)}${list}`, ...inner];
}
