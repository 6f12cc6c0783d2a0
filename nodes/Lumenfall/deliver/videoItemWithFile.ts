import type { INodeExecutionData } from 'n8n-workflow';
import type { ItemContext } from '../context';
import type { FileVariant, Job } from '../job/job';
import { toVideoJson, type KnownDetails } from '../output/videoItem';
import type { FileTarget } from '../parameters/videoInput';
import { downloadWithFreshUrls } from './downloadWithFreshUrls';
import { publicUrlOf } from './publicLink';

/** Downloads the file of a finished job and returns the output item with the file and its metadata. */
export async function toVideoItemWithFile(
	context: ItemContext,
	job: Job,
	{ field, fileName, publicLinkHours, variant = 'video' }: FileTarget & { variant?: FileVariant },
	known: KnownDetails = {},
): Promise<INodeExecutionData> {
	const naming = { fileName, prompt: job.prompt ?? known.prompt };
	const { file, job: current } = await downloadWithFreshUrls(context, job, variant, naming);
	const { width, height, seconds, hasAudio } = file.metadata;
	const json = toVideoJson(current, known, {
		...(seconds !== undefined && { seconds }),
		...(width && height && { width, height }),
		...(hasAudio !== undefined && { hasAudio }),
		file: { name: file.binary.fileName, mimeType: file.binary.mimeType, bytes: file.bytes },
		...publicUrlOf(context.execution, file.binary, publicLinkHours),
	});
	return { json, binary: { [field]: file.binary }, pairedItem: { item: context.itemIndex } };
}
