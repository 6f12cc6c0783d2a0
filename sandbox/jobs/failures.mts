/** The reason why a job failed: one of the two reasons with a message in every dialect, or the message of a fault. */
export interface Failure {
	kind: FailureKind;
	code?: string | number;
	message?: string;
	/** The job fails without a reason. */
	omitError?: boolean;
}

export type FailureKind = 'moderation' | 'provider';

export interface FailureText {
	code: string | number;
	message: string;
}

/** Returns the error of a failed job with the dialect's message. Null if there is none. */
export function describeFailure(
	failure: Failure | undefined,
	words: Record<FailureKind, FailureText>,
): FailureText | null {
	if (!failure || failure.omitError) return null;
	const { code, message } = words[failure.kind];
	return { code: failure.code ?? code, message: failure.message ?? message };
}

/** A failure without further information. */
export const BROKEN: Failure = { kind: 'provider' };

/** Returns the failure that a user asks for with a mark in the prompt: `[blocked]` or `[fails]`. */
export function failureInPrompt(prompt: string): Failure | undefined {
	if (prompt.includes('[blocked]')) return { kind: 'moderation' };
	return prompt.includes('[fails]') ? BROKEN : undefined;
}
