import type { INodeProperties } from 'n8n-workflow';
import type { Operation } from '../../context';
import {
	fileName,
	forOperation,
	itemsAtOnce,
	optionsCollection,
	outputFields,
	publicLink,
	videoId,
} from '../../descriptions/common';
import { waitOptions } from '../../descriptions/options';
import { findVideo } from '../../wait/findVideo';
import { waitForVideo } from '../../wait/waitForVideo';
import { deliverVideo, toDeliveredItem } from '../../deliver/deliverVideo';
import { requirePublicLinks } from '../../deliver/publicLink';
import { formOf } from '../../parameters/form';
import { readOptions } from '../../parameters/options';
import { readTarget, waitSettingsOf } from '../../parameters/videoInput';

export const description: INodeProperties[] = forOperation('video', 'wait', [
	videoId,
	...outputFields,
	optionsCollection([...waitOptions, fileName, publicLink, itemsAtOnce]),
]);

/** Waits for a video that was created earlier, and returns it as a generate operation does. */
export const execute: Operation = async (context) => {
	const form = formOf(context);
	const options = readOptions(form);
	const target = readTarget(form, options);
	await requirePublicLinks(context.execution, target?.publicLinkHours);
	const start = await findVideo(context);
	const { job, timing } = await waitForVideo(context, start, waitSettingsOf(options));
	return toDeliveredItem(context, await deliverVideo(context, job, target, { timing }), target);
};
