import type { INodeProperties } from 'n8n-workflow';
import { Lumenfall } from '../../../nodes/Lumenfall/Lumenfall.node';
import { Form } from '../../../nodes/Lumenfall/parameters/form';
import { readOptions, type Options } from '../../../nodes/Lumenfall/parameters/options';

const read = (options: object) => readOptions(new Form(() => options));

/** Every entry of every 'Options' collection whose value is also decided if a user does not add it. */
const unset = read({});
const decided = new Lumenfall().description.properties
	.filter(({ name }) => name === 'options')
	.flatMap(({ options }) => options as INodeProperties[])
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
