import { HTTP_PHRASE, NO_REASON } from './errorFields';

/** The last word in the name of a field about a reason: `err_tips`, `finishReason`, `provider_error`, `traceback`. */
const ABOUT_REASON =
	/(^|[_-])(error|err|fail|failure|reason|msg|message|tips?|exception|traceback|detail|details|diagnostics)(s|[_-]?(info|data|text|desc|description|content))?$/i;
const MAX_DEPTH = 6;

/**
 * Returns the first text in a response that is under a name about a reason, at any place. For failures only: in other
 * responses such a text may be anything. Undefined if there is none.
 */
export function reasonAnywhere(response: unknown): string | undefined {
	return textsIn(response, false, 0).next().value ?? undefined;
}

function* textsIn(value: unknown, isReason: boolean, depth: number): Generator<string, undefined> {
	if (typeof value === 'string') {
		if (isReason && !NO_REASON.test(value) && !HTTP_PHRASE.test(value)) yield value;
	} else if (typeof value === 'object' && value !== null && depth < MAX_DEPTH) {
		for (const [name, inner] of Object.entries(value)) {
			const isAbout = ABOUT_REASON.test(name.replace(/([a-z])([A-Z])/g, '$1_$2'));
			yield* textsIn(inner, isReason || isAbout, depth + 1);
		}
	}
}
