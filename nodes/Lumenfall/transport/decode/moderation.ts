import { fieldsOf, pick, type Fields } from './jsonFields';
import { text } from './values';

/** Results of a moderation. They also come with a success. */
const MODERATION_FIELDS = ['moderation', 'moderationresult', 'safety', 'contentfilter'];
const FLAG_FIELDS = ['flagged', 'blocked', 'filtered', 'rejected'];
const VERDICT_FIELDS = ['status', 'result', 'decision', 'action', 'verdict'];
const REFUSAL = /reject|block|flag|den(y|ied)|fail|refus/i;

/**
 * Returns the result of a moderation that refused something, with the name of what it is, because its own words may not
 * show it: `{ "moderation": { "flagged": true, "reason": "violence" } }`. Undefined if there is none.
 */
export function moderationIn(records: Fields[]): string | undefined {
	const results = records.flatMap((fields) => MODERATION_FIELDS.map((name) => fields.get(name)));
	const refused = results.find(isRefused);
	return refused === undefined ? undefined : `moderation: ${JSON.stringify(refused)}`;
}

function isRefused(result: unknown): boolean {
	const fields = fieldsOf(result);
	if (FLAG_FIELDS.some((name) => fields?.get(name) === true)) return true;
	return REFUSAL.test(pick(fields, VERDICT_FIELDS, text) ?? '');
}
