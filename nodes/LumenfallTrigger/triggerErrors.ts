import { failure, invalid } from '../Lumenfall/errors/message';

export const triggerErrors = {
	noEvents: () =>
		invalid("'Events' is empty", 'Choose at least one event that starts the workflow.'),

	noSample: () =>
		failure('videoNotFound', {}, () => ({
			message: "No video in the server's list has ended with one of the chosen 'Events'",
			advice: "Run a workflow that generates a video first, or choose more 'Events'.",
		})),
};
