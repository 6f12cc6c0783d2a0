import type { IDataObject } from 'n8n-workflow';
import type { ItemPlace } from '../context';
import { noteForItem } from '../output/showHint';
import { inputErrors } from './inputErrors';
import { Cell, saysNothing, withoutQuotes } from './cell';
import { videoIdIn } from './videoIdIn';
import { choice, emptyIn, flag, identifier, jsonObject, text } from './values';

/**
 * The form that the user filled in, as it is for one item. A field that is hidden for the current values, or an empty
 * optional field, has its default. Read each field once, because an expression may return another value each time.
 *
 * `name` is the field's name in saved workflows, and `label` its display name, for errors and hints.
 */
export class Form {
	/** @param note shows a sentence about the form */
	constructor(
		private readonly read: (name: string, fallback: unknown) => unknown,
		private readonly note: (sentence: string) => void = () => {},
	) {}

	/** Returns the value of a field as n8n has it, for a reader of its kind. */
	value(name: string, fallback: unknown = ''): unknown {
		return this.read(name, fallback);
	}

	/** Returns the value of a field as a cell, for a reader that interprets it in more than one way. */
	cell(name: string): Cell {
		return Cell.of(this.value(name));
	}

	/** Reads a field as text. */
	text(name: string, label: string, fallback = ''): string {
		return text(label).parse(this.value(name, fallback));
	}

	/** Reads a field with the ID of a model or video. */
	identifier(name: string, label: string): string {
		return identifier(label).parse(this.value(name));
	}

	/** Reads a field with one of several values. The first is the default. */
	choice<Value extends string>(
		name: string,
		label: string,
		values: readonly [Value, ...Value[]],
	): Value {
		return this.orDefault(name, label, choice(label, values), values[0]);
	}

	/** Reads a field that is true or false. */
	flag(name: string, label: string, usual: boolean): boolean {
		return this.orDefault(name, label, flag(label), usual);
	}

	/** Reads a field. If it is empty, returns the default and shows a hint. */
	orDefault<Value>(
		name: string,
		label: string,
		reader: { parse(value: unknown): Value | undefined },
		usual: Value,
	): Value {
		const found = reader.parse(this.value(name, usual));
		if (found !== undefined) return found;
		this.note(`'${label}' is empty, so its default is used.`);
		return usual;
	}

	/** Reads the fields of a collection, such as 'Options'. One that the user has not added is absent. */
	collection(name: string, label: string): IDataObject {
		return jsonObject(label).parse(this.value(name, {}));
	}

	/** Shows a hint for each of these fields of a collection that was added but is empty. */
	noteEmpty(collection: IDataObject, labels: Record<string, string>, effect: string): void {
		for (const label of emptyIn(collection, labels))
			this.note(`'${label}' is empty, so ${effect}.`);
	}

	/**
	 * Returns the name of the binary field for a file.
	 * @throws FailureError if it is empty
	 */
	binaryField(
		name = 'outputBinaryField',
		label = 'Put Output File in Field',
		usual = 'data',
	): string {
		const field = withoutQuotes(this.text(name, label, usual));
		if (saysNothing(field)) throw inputErrors.emptyFieldName(label, usual);
		return field;
	}

	/**
	 * Returns the video ID in the form.
	 * @throws FailureError if it is empty
	 */
	videoId(): string {
		const given = this.identifier('videoId', 'Video ID');
		if (!given) throw inputErrors.emptyVideoId();
		const videoId = videoIdIn(given);
		if (!videoId) throw inputErrors.badOption('Video ID', given, 'the ID of one video');
		return videoId;
	}
}

/** Returns the form of an item. */
export function formOf({ execution, itemIndex }: ItemPlace): Form {
	return new Form(
		(name, fallback) => execution.getNodeParameter(name, itemIndex, fallback),
		(sentence) => noteForItem(execution, itemIndex, sentence),
	);
}
