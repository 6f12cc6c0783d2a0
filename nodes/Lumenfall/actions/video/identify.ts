import type { ItemContext } from '../../context';
import { hashOfRequest, type RequestIdentity } from '../../job/identity';
import type { SourceSelection } from '../../parameters/sourceVideo';
import type { RequestImages } from '../../request/videoRequest';

/** Returns the identity of an item's request. Call it once per item, because it hashes the item and its images. */
export function identify(
	{ execution, itemIndex, parametersHash }: ItemContext,
	images: RequestImages,
	source?: SourceSelection,
): RequestIdentity {
	const item = execution.getInputData()[itemIndex];
	return { itemIndex, hash: hashOfRequest(parametersHash, item, images, fileOf(source)) };
}

/** Returns a file that an expression returned. Other files are part of the item already. */
function fileOf(source: SourceSelection | undefined) {
	return source?.video.kind === 'file' && typeof source.video.file !== 'string'
		? source.video.file
		: undefined;
}
