import { errorTable, plainError, type ErrorText } from '../../server/apiError.mts';
import { envelope, notReady, unknownUrl, unknownVideo } from './response.mts';
import type { ErrorStyle } from './serverSpec.mts';

/** OpenAI's error format: `{ error: { message, type, param, code } }`. */
export const openAiErrors: ErrorStyle = {
	body: (error) => envelope(error),
	unauthorized: () => plainError(401, 'Incorrect API key provided.', { code: 'invalid_api_key' }),
	unknownPath: unknownUrl,
	unknownVideo,
	notReady,
	withStatus: errorTable(
		{
			400: ['invalid_request_error', 'invalid_request', 'Unable to process request'],
			429: ['requests', 'rate_limit_exceeded', 'Rate limit reached for requests per min.'],
		} satisfies Record<number, ErrorText>,
		['server_error', null, 'The server had an error.'],
	),
};

/** Errors with only a message, in the format that `body` returns. */
export function plainErrors(body: ErrorStyle['body'], words: Partial<ErrorStyle> = {}): ErrorStyle {
	return {
		body,
		unauthorized: () => plainError(401),
		unknownPath: () => plainError(404),
		unknownVideo: () => plainError(404, 'Video not found'),
		notReady: () => plainError(404, 'Video is not ready'),
		withStatus: plainError,
		...words,
	};
}

/** FastAPI's format: `{ detail }`. */
export const detailErrors = plainErrors(({ message }) => ({ detail: message }), {
	notReady: () => plainError(404, 'Generation is still in-progress'),
});
