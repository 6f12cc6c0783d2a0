import { tryToParseDateTime } from 'n8n-workflow';
import { inputErrors } from './inputErrors';
import { cell, type Cell } from './cell';
import { monthNamed } from './localWords';
import { numberOf } from './numbers';

/**
 * Reads a time, in milliseconds since 1970. Undefined for an empty value. Accepts a date, ISO text, a Unix time in
 * seconds or milliseconds, the number of a spreadsheet's date, and a date as spreadsheets and people write it. Text that
 * may be two different dates, such as `03/04/2026`, is refused.
 * @param zone the time zone of the workflow, for text without a time zone
 */
export function optionalTime(parameter: string, zone: string) {
	return cell.transform((cell): number | undefined => {
		if (cell.isEmpty) return undefined;
		const time = timeOf(cell, zone);
		if (Number.isFinite(time)) return time;
		throw inputErrors.badOption(parameter, cell.value, 'a date, e.g. 2026-11-28T10:00:00Z');
	});
}

/** Unix times from this number (the year 2001) are in seconds. */
const LEAST_SECONDS = 1_000_000_000;
/** Unix times from this number (the year 1973) are in milliseconds. Seconds reach it in the year 5138. */
const LEAST_MILLISECONDS = 100_000_000_000;
/** Spreadsheets count days since 1899-12-30. These numbers are from 1954 to 2064. */
const SHEET_DAYS = { from: 20_000, to: 60_000, of1970: 25_569 };

function timeOf(cell: Cell, zone: string): number {
	const date = dateIn(cell.plain);
	if (date) return timeOfDate(date, zone);
	const number = numberOf(cell) ?? Number.NaN;
	if (number >= LEAST_MILLISECONDS) return number;
	if (number >= LEAST_SECONDS) return number * 1000;
	const isSheetDate = number >= SHEET_DAYS.from && number < SHEET_DAYS.to;
	return isSheetDate ? timeInZone(sheetTime(number), zone) : Number.NaN;
}

/** Returns the ISO text of a spreadsheet's date, which has no time zone. */
function sheetTime(days: number): string {
	const milliseconds = Math.round((days - SHEET_DAYS.of1970) * 86_400_000);
	return new Date(milliseconds).toISOString().slice(0, -1);
}

function timeInZone(iso: string, zone: string): number {
	try {
		return tryToParseDateTime(iso, zone).toMillis();
	} catch {
		return Number.NaN;
	}
}

interface WrittenDate {
	year: number;
	month: number;
	day: number;
	/** Time of day and zone, as written. */
	rest: string;
}

/** A date without separators. As a number, it would be a time in another year. */
const COMPACT = /^(\d{4})(\d\d)(\d\d)(?:[T ]?(\d\d)(\d\d)(\d\d)?)?(Z?)$/i;
const EITHER_FIRST = /^(\d{1,2})[/-](\d{1,2})[/-](\d{4})(?!\d)(.*)$/;
const WEEKDAY = String.raw`(?:\p{L}+\.?,?\s+)?`;
const YEAR = String.raw`(?:\s+del?)?[\s,.-]+(?<year>\d{4})(?!\d)(?<rest>.*)$`;
/** The year first, the day first, the day before the name of the month, and the name first. */
const CLEAR = [
	/^(?<year>\d{4})[-/.年년]\s?(?<month>\d{1,2})[-/.月월]\s?(?<day>\d{1,2})[日일.]?(?!\d)(?<rest>.*)$/,
	/^(?<day>\d{1,2})\.\s?(?<month>\d{1,2})\.\s?(?<year>\d{4})(?!\d)(?<rest>.*)$/,
	new RegExp(
		String.raw`^${WEEKDAY}(?<day>\d{1,2})(?:st|nd|rd|th|er|º|\.)?(?:\s+(?:of|de))?[\s-]+(?<name>\p{L}+)${YEAR}`,
		'iu',
	),
	new RegExp(
		String.raw`^${WEEKDAY}(?<name>\p{L}+)\.?\s+(?<day>\d{1,2})(?:st|nd|rd|th)?${YEAR}`,
		'iu',
	),
];

/** Returns the date that a text names. Undefined if it names none, or may name two. */
function dateIn(text: string): WrittenDate | undefined {
	const compact = COMPACT.exec(text);
	if (compact) {
		const [, year, month, day, hour, minute, second = '00', zone] = compact;
		const rest = hour ? ` ${hour}:${minute}:${second}${zone}` : zone;
		return { year: Number(year), month: Number(month), day: Number(day), rest };
	}
	const either = EITHER_FIRST.exec(text);
	if (either) {
		const [one, other, year] = either.slice(1, 4).map(Number);
		const rest = either[4];
		if (one > 12 || one === other) return { year, month: other, day: one, rest };
		return other > 12 ? { year, month: one, day: other, rest } : undefined;
	}
	const found = CLEAR.map((form) => form.exec(text)?.groups).find((groups) => groups !== undefined);
	if (!found) return undefined;
	const month = found.name ? monthNamed(found.name) : Number(found.month);
	if (month === undefined) return undefined;
	return { year: Number(found.year), month, day: Number(found.day), rest: found.rest };
}

const TIME_OF_DAY =
	/^(?:[T ,]*(?:\s(?:at|um|à|às|alle|a las|kl\.|o|v|г\.,?(?: в)?)\s)?(\d{1,2})[:h](\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?\s*(?:([ap])\.?m\.?|Uhr)?)?(?: ?г\.)?\s*(?:Z|UTC|GMT)?([+-]\d\d(?::?\d\d)?)?\s*(?:\[.*\]|\(.*\)|\p{L}+\/[\w/]+)?$/iu;
/** `[America/New_York]` behind a time. */
const ZONE = /\p{L}+\/[\w/]+/u;

function timeOfDate({ year, month, day, rest }: WrittenDate, zone: string): number {
	const found = TIME_OF_DAY.exec(rest);
	const isInMonth = new Date(Date.UTC(year, month - 1, day)).getUTCDate() === day;
	if (!found || !isInMonth || month < 1 || month > 12) return Number.NaN;
	const [, hour = '0', minute = '00', second = '00', fraction = '0', half, offset] = found;
	const hours = half ? (Number(hour) % 12) + (/p/i.test(half) ? 12 : 0) : Number(hour);
	const isUtc = /(Z|UTC|GMT)\s*(\[.*\]|\(.*\))?$/i.test(rest);
	const two = (part: number | string) => String(part).padStart(2, '0');
	const iso = `${year}-${two(month)}-${two(day)}T${two(hours)}:${minute}:${second}.${fraction.slice(0, 3)}${offset ?? (isUtc ? 'Z' : '')}`;
	return timeInZone(iso, (!offset && ZONE.exec(rest)?.[0]) || zone);
}
