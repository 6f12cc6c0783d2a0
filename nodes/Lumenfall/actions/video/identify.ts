import type { ItemContext } from '../../context';
import { hashOfRequest, type RequestIdentity } from '../../job/identity';
import type { RequestImages } from '../../request/videoRequest';

/** Returns the identity of an item's request. Call it once per item, because it hashes the item and its images. */
export function identify(
	{ execution, itemIndex, parametersHash }: ItemContext,
	images: RequestImages,
): RequestIdentity {
	const item = execution.getInputData()[itemIndex];
	return { itemIndex, hash: hashOfRequest(parametersHash, item, images) };
}
