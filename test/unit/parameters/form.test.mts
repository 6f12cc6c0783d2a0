import type { IExecuteFunctions } from 'n8n-workflow';
import { showItemNotes } from '../../../nodes/Lumenfall/output/showHint';
import { Form, formOf } from '../../../nodes/Lumenfall/parameters/form';

/** A node whose field 'Variant' has these values, by item. */
function openNode(variants: string[]) {
	const hints: string[] = [];
	const execution = {
		getNodeParameter: (_: string, itemIndex: number) => variants[itemIndex],
		addExecutionHints: ({ message }: { message: string }) => hints.push(message),
	} as unknown as IExecuteFunctions;
	const read = (itemIndex: number) =>
		formOf({ execution, itemIndex }).choice('variant', 'Variant', ['video', 'thumbnail']);
	return { execution, hints, read };
}

test('the form of an item has the values of this item, and its hints name the item', () => {
	const { execution, hints, read } = openNode(['thumbnail', '', 'video']);
	expect([0, 1, 2].map(read)).toEqual(['thumbnail', 'video', 'video']);
	showItemNotes(execution);
	expect(hints).toEqual(["Item 1: 'Variant' is empty, so its default is used."]);
});

test('a field is read once, when it is asked for', () => {
	const read: string[] = [];
	const form = new Form((name, fallback) => (read.push(name), fallback));
	expect(form.flag('returnAll', 'Return All', false)).toBe(false);
	expect(form.binaryField()).toBe('data');
	expect(form.collection('options', 'Options')).toEqual({});
	expect(read).toEqual(['returnAll', 'outputBinaryField', 'options']);
});
