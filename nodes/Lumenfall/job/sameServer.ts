import { serverErrors } from '../errors/serverErrors';

/**
 * Requires that the credential still has the server that a video was created on. On another one, the same ID is somebody
 * else's video.
 * @param recorded the server in the record; undefined if it is not known
 * @throws FailureError `serverChanged`
 */
export function requireSameServer(
	recorded: string | undefined,
	baseUrl: string,
	videoId: string,
): void {
	if (recorded === undefined || recorded === baseUrl) return;
	throw serverErrors.serverChanged({ cause: `from ${recorded} to ${baseUrl}`, videoId });
}
