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
import { requirePublicLinks } from '../../deliver/publicLink';
import { readOptions } from '../../parameters/options';
import { readTarget, waitSettingsOf } from '../../parameters/videoInput';
import { waitAndDeliver } from './waitAndDeliver';

export const description: INodeProperties[] = forOperation('video', 'wait', [
	videoId,
	...outputFields,
	optionsCollection([...waitOptions, fileName, publicLink, itemsAtOnce]),
]);

/** Waits for a video that was created earlier, and returns it as a generate operation does. */
export const execute: Operation = async (context) => {
	const { execution, itemIndex } = context;
	const options = readOptions(execution, itemIndex);
	const target = readTarget(execution, itemIndex, options);
	await requirePublicLinks(execution, target?.publicLinkHours);
	return await waitAndDeliver(context, await findVideo(context), waitSettingsOf(options), target);
};
