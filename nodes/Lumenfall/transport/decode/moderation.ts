import { Fields } from './fields';
import { number, text } from './values';

/** Results of a moderation. They also come with a success. */
const MODERATION_FIELDS = ['moderation', 'moderationresult', 'safety', 'contentfilter'];
const FLAG_FIELDS = ['flagged', 'blocked', 'filtered', 'rejected'];
const VERDICT_FIELDS = ['status', 'result', 'decision', 'action', 'verdict'];
/** Google's number of videos that were filtered, and why. Either may be missing. */
const FILTERED_COUNT = 'raimediafilteredcount';
const FILTERED_REASONS = 'raimediafilteredreasons';
const REFUSAL = /reject|block|flag|den(y|ied)|fail|refus/i;

/**
 * Returns the result of a moderation that refused something, with the name of what it is, because its own words may not
 * show it: `{ "moderation": { "flagged": true, "reason": "violence" } }`. Undefined if there is none.
 */
export function moderationIn(records: Fields[]): string | undefined {
	const results = records.flatMap((fields) => fields.values(MODERATION_FIELDS));
	const refused = results.find(isRefused);
	if (refused !== undefined) return `moderation: ${JSON.stringify(refused)}`;
	if (isBlocked(records)) return 'blocked by moderation';
	const counts = records.map((fields) => fields.pick([FILTERED_COUNT], number) ?? 0);
	const reasons = records.flatMap((fields) => fields.values([FILTERED_REASONS]).flat());
	const isFiltered = counts.some((count) => count > 0) || reasons.length > 0;
	return isFiltered ? 'filtered by moderation' : undefined;
}

/** Reports whether a moderation kept back the file, although the job is completed. xAI and WaveSpeed say so here only. */
export function isBlocked(records: Fields[]): boolean {
	return records.some(
		(fields) =>
			fields.get('respectmoderation') === false ||
			fields.values(['hasnsfwcontents']).flat().includes(true),
	);
}

function isRefused(result: unknown): boolean {
	const fields = Fields.of(result);
	if (FLAG_FIELDS.some((name) => fields?.get(name) === true)) return true;
	return REFUSAL.test(fields?.pick(VERDICT_FIELDS, text) ?? '');
}
