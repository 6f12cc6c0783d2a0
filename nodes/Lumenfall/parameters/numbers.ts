import { cell, type Cell } from './cell';
import { inputErrors } from './inputErrors';
import { UNITS, type Unit } from './localWords';

/** Readers of numbers: as typed, and as text with a unit or with the decimal comma of other languages. */

/** The allowed numbers. */
interface NumberRange {
	min: number;
	max: number;
	isWhole?: boolean;
	/** Unit that may follow or precede the number, e.g. `8 s`. */
	unit?: Unit;
	/** Completes "Enter …". */
	expected: string;
}

/** Reads a number in a range. Undefined for an empty value. */
export function optionalNumber(parameter: string, range: NumberRange) {
	const { min, max, isWhole = false, unit, expected } = range;
	return cell.transform((cell): number | undefined => {
		if (cell.isEmpty) return undefined;
		const number = numberOf(cell, unit);
		const isInRange = number !== undefined && number >= min && number <= max;
		if (isInRange && (!isWhole || Number.isInteger(number))) return number;
		throw inputErrors.badOption(parameter, cell.value, expected);
	});
}

/**
 * Returns a number, also from text, with a unit or with a decimal comma. Undefined for anything else, such as `0x10`,
 * true or an empty text.
 */
export function numberOf({ value, plain }: Cell, unit?: Unit): number | undefined {
	// A date has a text, too.
	return typeof value === 'object' ? undefined : numberInText(plain, unit);
}

/**
 * Returns the number that a text consists of.
 * @param text in ordinary digits, as `plainText` returns it
 */
export function numberInText(text: string, unit?: Unit): number | undefined {
	if (text.length > MAX_LENGTH) return undefined;
	const number = numberWithUnit(text, unit);
	return unit === 'seconds' ? (secondsIn(text) ?? wholeSeconds(number)) : number;
}

/** A longer text is no number. Some of the expressions below would take long for it. */
const MAX_LENGTH = 100;

/** The next larger unit, and how many of the smaller one it has. */
const LARGER: Partial<Record<Unit, [Unit, number]>> = {
	seconds: ['minutes', 60],
	minutes: ['hours', 60],
	hours: ['days', 24],
};
/** A remark behind a unit: `8 seconds (default)`. One with a digit may be another value. */
const REMARK = /(?<=\p{L}\.?)\s*\([^()\d]*\)$/u;

function numberWithUnit(given: string, unit?: Unit): number | undefined {
	if (!unit) return decimalIn(given);
	const number = decimalIn(given.replace(REMARK, '').replace(UNITS[unit], ''));
	const [larger, factor] = LARGER[unit] ?? [];
	if (number !== undefined || !larger || !factor) return number;
	const ofLarger = numberWithUnit(given, larger);
	return ofLarger === undefined ? undefined : ofLarger * factor;
}

const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
/** A comma that can only be a decimal separator: `0,5` and `7,25`. `1,000` is ambiguous, so it is refused. */
const DECIMAL_COMMA = /^[+-]?(?:0,\d+|\d+,\d{1,2})$/;

function decimalIn(text: string): number | undefined {
	const decimal = DECIMAL_COMMA.test(text) ? text.replace(',', '.') : text;
	const number = DECIMAL.test(decimal) ? Number(decimal) : Number.NaN;
	return Number.isFinite(number) ? number : undefined;
}

/** A duration as players and spreadsheets show it: `0:08`, `00:00:08.5`. */
const CLOCK = /^(?:(\d{1,2}):)?(\d{1,2}):([0-5]\d(?:[.,]\d+)?)$/;
/** `1 min 30 s`, and ISO 8601, as YouTube returns it: `PT1M30S`. */
const PARTS =
	/^(?:PT(?=\d))?(?:(\d+)\s*h(?:(?:ou)?rs?)?[\s,]*)?(?:(\d+)\s*m(?:in(?:ute)?s?)?[\s,]*)?(?:(\d+(?:[.,]\d+)?)\s*s(?:ec(?:ond)?s?)?)?$/i;

function secondsIn(given: string): number | undefined {
	const found = CLOCK.exec(given) ?? (given && PARTS.exec(given));
	if (!found) return undefined;
	const [hours = '0', minutes = '0', seconds = '0'] = found.slice(1);
	return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds.replace(',', '.'));
}

/** Spreadsheets store a duration as a part of a day: 8 seconds are 0.0000926. No duration is that short. */
const MAX_PART_OF_DAY = 0.01;

/**
 * Converts a part of a day to seconds. Undefined for whole minutes: a spreadsheet stores eight minutes for `0:08`, which
 * in the sheet of a video means eight seconds.
 */
function wholeSeconds(number: number | undefined): number | undefined {
	if (number === undefined || number <= 0 || number >= MAX_PART_OF_DAY) return number;
	const seconds = Math.round(number * 86_400_000) / 1000;
	return seconds % 60 === 0 ? undefined : seconds;
}
