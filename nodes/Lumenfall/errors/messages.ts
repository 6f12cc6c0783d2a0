import { comparisonErrors } from '../comparison/comparisonErrors';
import { createErrors } from '../create/createErrors';
import { downloadErrors } from '../deliver/downloadErrors';
import { waitErrors } from '../wait/waitErrors';
import type { FailureDetails, FailureError, FailureKind } from './failure';
import { failureFrom, withVideoId } from './nodeError';
import { endOfRun, runErrors } from './runErrors';
import { serverErrors } from './serverErrors';

/** Until the rewrite of create/ is here: the old names, by the new messages. */
export function fail(
	kind: Exclude<FailureKind, 'invalidInput'>,
	facts: FailureDetails = {},
): FailureError {
	const messages: Record<string, (facts: never) => FailureError> = {
		...serverErrors,
		createOutcomeUnknown: createErrors.outcomeUnknown,
		timedOut: waitErrors.timedOut,
		stopped: runErrors.stopped,
		unexpectedError: runErrors.unexpected,
		notReady: downloadErrors.notReady,
		noFile: downloadErrors.noFile,
		noVariant: downloadErrors.noVariant,
		fileExpired: downloadErrors.expired,
		downloadFailed: downloadErrors.failed,
	};
	return messages[kind](facts as never);
}

export function withFacts(error: unknown, facts: FailureDetails): FailureError {
	if (facts.videoId) return withVideoId(error, facts.videoId);
	return serverErrors.modelUnavailable({ ...failureFrom(error), ...facts });
}

export const allFailed = comparisonErrors.allModelsFailed;
export { endOfRun, failureFrom };
