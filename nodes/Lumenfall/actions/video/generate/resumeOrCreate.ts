import type { ItemContext } from '../../../context';
import { createVideo, resumeVideo, type CreatedVideo } from '../../../create/createVideo';
import type { CreateInput } from '../../../create/decide';
import { prepareSource } from '../../../create/prepareSource';
import { findRecordedVideo } from '../../../wait/findVideo';
import type { JobEntry } from '../../../job/jobEntry';
import { hashOfRequest, withPartKey, type RequestIdentity } from '../../../job/identity';
import { hintEarlierRound } from '../../../output/hintTexts';
import { storyboardErrors } from '../storyboard/storyboardErrors';
import type { SourceSelection } from '../../../parameters/sourceVideo';
import type { CreateRules, WaitSettings } from '../../../request/rules';
import type { RequestImages, VideoRequest } from '../../../request/videoRequest';

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

/** Returns the input of one of several requests of an item. Each has its own record, and its own form of the user's key. */
export function inputOfPart(
	context: ItemContext,
	identity: RequestIdentity & { part: string },
	request: VideoRequest,
	{ rules, wait }: { rules: CreateRules; wait: WaitSettings },
): CreateInput {
	const keyed = withPartKey(request, identity.part);
	const entry = context.jobs.open(identity, keyed);
	return { request: keyed, entry, rules, timeoutMs: wait.timeoutMs };
}

/**
 * Returns the video that an earlier try of this request created, or creates one.
 * @param previousId a video of this server that the new one continues
 */
export async function resumeOrCreate(
	context: ItemContext,
	input: CreateInput,
	previousId?: string,
): Promise<CreatedVideo> {
	const { entry, request } = input;
	const resumed = await resumeRecorded(context, entry, request.prompt);
	if (resumed) return resumed;
	if (request.source?.isFuture && previousId === undefined)
		throw storyboardErrors.nothingToContinue();
	return await createVideo(
		context,
		previousId === undefined
			? input
			: { ...input, request: await continuing(context, request, previousId) },
	);
}

/** Returns the video that an earlier try of this request created. Undefined if one may be created. */
export async function resumeRecorded(
	context: ItemContext,
	entry: JobEntry,
	prompt: string,
): Promise<CreatedVideo | undefined> {
	const { videoId, createdAt } = entry.record;
	if (videoId === undefined) return undefined;
	if (context.jobs.isOfEarlierRound(entry)) hintEarlierRound(context, videoId);
	const job = await findRecordedVideo(context, entry, videoId, createdAt);
	return resumeVideo(context, entry, job, prompt);
}

async function continuing(
	context: ItemContext,
	request: VideoRequest,
	id: string,
): Promise<VideoRequest> {
	const selection = { change: 'extend', video: { kind: 'id', id } } as const;
	const { source } = await prepareSource(context, selection, request.model);
	return { ...request, source };
}
