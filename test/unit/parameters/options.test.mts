import type { INodeProperties } from 'n8n-workflow';
import { Lumenfall } from '../../../nodes/Lumenfall/Lumenfall.node';
import { Form } from '../../../nodes/Lumenfall/parameters/form';
import { readOptions, type Options } from '../../../nodes/Lumenfall/parameters/options';

const read = (options: object) => readOptions(new Form(() => options));

/** Every entry of every 'Options' collection. */
const entries = new Lumenfall().description.properties
	.filter(({ name }) => name === 'options')
	.flatMap(({ options }) => options as INodeProperties[]);

/** Those whose value is also decided if a user does not add them. */
const unset = read({});
const decided = entries
	.filter(({ name }) => unset[name as keyof Options] !== undefined)
	.map(({ name, displayName, default: shown }) => [displayName, name, shown] as const);

test('the options with a default value are found', () => {
	expect(decided.map(([, name]) => name)).toEqual(
		expect.arrayContaining([
			'firstPoll',
			'maxPollInterval',
			'timeout',
			'parkMinutes',
			'itemsAtOnce',
		]),
	);
});

test.each(decided)("adding '%s' without changing it changes nothing", (_, name, shown) => {
	expect(read({ [name]: shown })).toEqual(unset);
});

const numbers = entries
	.filter(({ type, typeOptions }) => type === 'number' && typeOptions?.maxValue !== undefined)
	.map(({ name, displayName, typeOptions }) => [displayName, name, typeOptions] as const);

test.each(numbers)(
	"'%s': the limits of the form are accepted, and more is not",
	(field, name, typeOptions) => {
		const { minValue, maxValue } = typeOptions!;
		expect(() => read({ [name]: minValue })).not.toThrow();
		expect(() => read({ [name]: maxValue })).not.toThrow();
		expect(() => read({ [name]: maxValue! + 1 })).toThrow(`'${field}'`);
	},
);

test('an empty idempotency key is generated, and a hint says so', () => {
	const read = (options: object) => {
		const hints: string[] = [];
		readOptions(
			new Form(
				() => options,
				(hint) => hints.push(hint),
			),
		);
		return hints;
	};
	for (const idempotencyKey of ['', null, undefined, 'N/A'])
		expect(read({ idempotencyKey })).toEqual(["'Idempotency Key' is empty, so one is generated."]);
	for (const options of [{}, { idempotencyKey: 'k' }, { idempotencyKey: 7 }])
		expect(read(options)).toEqual([]);
});

test.each(['', ' ', null, [''], [null]])(
	'a cost limit that an expression left empty is refused: %j',
	(value) => {
		for (const name of ['maxCost', 'maxRunCost'])
			expect(() => read({ [name]: value })).toThrow(/^'Max Cost/);
	},
);
