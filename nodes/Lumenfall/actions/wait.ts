import type { Action } from './action';
import { readExistingVideo } from './existingVideo';
import { finish, readFinishForm } from './finish';

/** Goes on waiting for a video that was ordered before, and puts it out as a generating operation would. */
export const wait: Action = async (context) => {
	const form = readFinishForm(context.execution, context.itemIndex);
	return await finish(context, await readExistingVideo(context), form);
};
