import type { ItemContext } from '../context';
import { withVideoId } from '../errors/nodeError';
import { originOf } from '../support/urls';
import { resultOf } from '../support/result';
import { sendRegistration } from '../transport/triggerRegistration';
import { withRetry } from '../transport/retry';
import { waitErrors } from './waitErrors';

/**
 * Registers a created video with a trigger in another workflow, so that the trigger polls it. For servers that neither
 * call n8n nor have a list.
 * @param url the URL of the trigger, in the same n8n or in one that this n8n can reach
 * @throws FailureError that names the video: a retry finds the video and registers it again
 */
export async function registerWithTrigger(
	{ execution, api, runtime }: Pick<ItemContext, 'execution' | 'api' | 'runtime'>,
	videoId: string,
	url: string,
): Promise<void> {
	const send = async () => await sendRegistration(execution, api, url, videoId);
	const sent = await resultOf(withRetry(send, runtime));
	if (!sent.ok) throw withVideoId(sent.error, videoId);
	const { httpStatus, isRegistered } = sent.value;
	if (!isRegistered) throw waitErrors.notRegistered({ videoId, httpStatus, cause: originOf(url) });
}

/** @throws FailureError if the option 'Register With Trigger' is not a URL */
export function checkTriggerUrl(url: string): void {
	const isHttp = URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
	if (!isHttp) throw waitErrors.badTriggerUrl(url);
}
