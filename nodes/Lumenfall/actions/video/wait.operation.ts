import type { INodeProperties } from 'n8n-workflow';
import type { Operation } from '../../context';
import {
	fileName,
	forOperation,
	itemsAtOnce,
	optionsCollection,
	outputFields,
	videoId,
} from '../../descriptions/common';
import { waitOptions } from '../../descriptions/options';
import { findVideo } from '../../deliver/findVideo';
import { deliverVideo, readDeliveryOptions } from '../../deliver/deliverVideo';

export const description: INodeProperties[] = forOperation('video', 'wait', [
	videoId,
	...outputFields,
	optionsCollection([...waitOptions, fileName, itemsAtOnce]),
]);

/** Waits for a video that was created earlier, and returns it as a generate operation does. */
export const execute: Operation = async (context) => {
	const form = readDeliveryOptions(context.execution, context.itemIndex);
	return await deliverVideo(context, await findVideo(context), form);
};
