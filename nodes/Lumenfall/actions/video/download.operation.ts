import type { INodeProperties } from 'n8n-workflow';
import { isPending } from '../../job/job';
import type { Operation } from '../../context';
import {
	fileName,
	forOperation,
	itemsAtOnce,
	optionsCollection,
	outputBinaryField,
	publicLink,
	videoId,
} from '../../descriptions/common';
import { downloadErrors } from '../../deliver/downloadErrors';
import { deliverFile, toDeliveredItem } from '../../deliver/deliverVideo';
import { findVideo } from '../../wait/findVideo';
import { requirePublicLinks } from '../../deliver/publicLink';
import { formOf } from '../../parameters/form';
import { readOptions } from '../../parameters/options';
import { failureOfJob } from '../../transport/failureOfResponse';

const VARIANTS = ['video', 'thumbnail', 'spritesheet'] as const;

export const description: INodeProperties[] = forOperation('video', 'download', [
	videoId,
	{
		displayName: 'Variant',
		name: 'variant',
		type: 'options',
		options: [
			{
				name: 'Sprite Sheet',
				value: 'spritesheet',
				description: 'Many small frames of the video in one image',
			},
			{ name: 'Thumbnail', value: 'thumbnail', description: 'One frame of the video as an image' },
			{ name: 'Video', value: 'video' },
		],
		default: 'video',
		description: 'File to download. Only some servers offer images of a video.',
	},
	outputBinaryField,
	optionsCollection([fileName, publicLink, itemsAtOnce]),
]);

/** Downloads the file of a completed video, or an image of it if the server has one. */
export const execute: Operation = async (context) => {
	const { execution } = context;
	const form = formOf(context);
	const field = form.binaryField();
	const variant = form.choice('variant', 'Variant', VARIANTS);
	const { fileName, publicLinkHours } = readOptions(form);
	await requirePublicLinks(execution, publicLinkHours);
	const job = await findVideo(context);

	if (isPending(job)) throw downloadErrors.notReady({ videoId: job.id, status: job.status });
	if (job.phase !== 'completed') throw failureOfJob(job);
	const video = await deliverFile(context, job, { fileName, publicLinkHours, variant });
	return toDeliveredItem(context, video, { field });
};
