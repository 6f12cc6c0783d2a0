/** Why a job failed: one of the two reasons every dialect has words for, or words put in its mouth. */
export interface Failure {
	kind: FailureKind;
	code?: string | number;
	message?: string;
	/** The job fails and does not say why. */
	omitError?: boolean;
}

export type FailureKind = 'moderation' | 'provider';

export interface FailureWords {
	code: string | number;
	message: string;
}

/** What the wire says about a failed job in the words of a dialect; null when nothing. */
export function tellFailure(
	failure: Failure | undefined,
	words: Record<FailureKind, FailureWords>,
): FailureWords | null {
	if (!failure || failure.omitError) return null;
	const { code, message } = words[failure.kind];
	return { code: failure.code ?? code, message: failure.message ?? message };
}
