import { failure } from '../Lumenfall/errors/message';

export const triggerErrors = {
	noSample: () =>
		failure('videoNotFound', {}, () => ({
			message: "No video in the server's list has ended with one of the chosen 'Events'",
			advice: 'Generate a video first, or choose more events.',
		})),
};
