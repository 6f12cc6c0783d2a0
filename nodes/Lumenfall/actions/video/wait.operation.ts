import type { Operation } from '../../context';
import { findVideo } from '../../deliver/findVideo';
import { deliverVideo, readDeliveryOptions } from '../../deliver/deliverVideo';

/** Goes on waiting for a video that was ordered before, and puts it out as a generating operation would. */
export const wait: Operation = async (context) => {
	const form = readDeliveryOptions(context.execution, context.itemIndex);
	return await deliverVideo(context, await findVideo(context), form);
};
