import { leavesIn } from '../../support/leavesIn';
import { HTTP_PHRASE, NO_REASON } from './errorFields';

/** The last word in the name of a field about a reason: `err_tips`, `finishReason`, `provider_error`, `traceback`. */
const ABOUT_REASON =
	/(^|[_-])(error|err|fail|failure|reason|msg|message|tips?|exception|traceback|detail|details|diagnostics|warning|violation|notice|note|hint|comment)(s|[_-]?(info|data|text|desc|description|content))?$/i;
/** Fields of the result, into which some servers write why there is none. */
const OF_RESULT = /(^|[_-])(url|output|result|log|stderr)s?$/i;
/** What the user wrote. */
const OF_USER = /prompt|input|request/i;
/** A sentence, and not a URL, an ID or a status. */
const SENTENCE = /^(?!https?:|data:|\/)[^\s/]*(\s|\p{Script=Han})/u;
const MAX_DEPTH = 6;

/**
 * Returns the first text in a response that is under a name about a reason, at any place, else the first sentence in place
 * of the result. For failures only: in other responses such a text may be anything. Undefined if there is none.
 */
export function reasonAnywhere(json: unknown): string | undefined {
	const [reason] = textsUnder(ABOUT_REASON, json);
	if (reason !== undefined) return reason;
	return [...textsUnder(OF_RESULT, json)].find((text) => SENTENCE.test(text));
}

function* textsUnder(name: RegExp, json: unknown): Generator<string, undefined> {
	for (const { value, names } of leavesIn(json, { maxDepth: MAX_DEPTH, skips: OF_USER })) {
		const isUnder = names.some((one) => name.test(one.replace(/([a-z])([A-Z])/g, '$1_$2')));
		if (!isUnder || typeof value !== 'string') continue;
		if (!NO_REASON.test(value) && !HTTP_PHRASE.test(value)) yield value;
	}
}
