/** Why a job failed: one of the two reasons that every dialect words itself, or the words of a fault. */
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

/** The error of a failed job in the words of a dialect; null where there is none. */
export function describeFailure(
	failure: Failure | undefined,
	words: Record<FailureKind, FailureWords>,
): FailureWords | null {
	if (!failure || failure.omitError) return null;
	const { code, message } = words[failure.kind];
	return { code: failure.code ?? code, message: failure.message ?? message };
}
