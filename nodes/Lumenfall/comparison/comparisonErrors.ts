import { FailureError, type Failure } from '../errors/failure';
import { failure } from '../errors/message';

/** A model of a comparison and what went wrong with it. */
interface ModelFailure {
	model: string;
	failure: Failure;
}

export const comparisonErrors = {
	/** A reason that all models share is shown once, unchanged. */
	allModelsFailed: (failures: ModelFailure[]): FailureError => {
		const [{ failure: first }] = failures;
		if (failures.every((other) => other.failure.message === first.message))
			return new FailureError(first);
		const models = failures.map(({ model, failure: { kind, message, videoId } }) => ({
			model,
			kind,
			message,
			...(videoId && { videoId }),
		}));
		return failure('allModelsFailed', { models }, () => ({
			message: `None of the ${models.length} models generated a video: ${models.map(({ model, message }) => `${model}: ${message}`).join('; ')}`,
			advice:
				'Fix the reported problems, or run it again: only failed videos are created again. Servers normally do not charge for a failed video.',
		}));
	},
};
