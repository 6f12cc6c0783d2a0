import type { INodeProperties } from 'n8n-workflow';
import type { Operation } from '../../context';
import { forOperation, videoId } from '../../descriptions/common';
import { toVideoItem } from '../../output/videoItem';
import { findVideo } from '../../wait/findVideo';

export const description: INodeProperties[] = forOperation('video', 'get', [videoId]);

/** Returns the current state of a video. A failed video is a result, not an error. */
export const execute: Operation = async (context) =>
	toVideoItem(context.itemIndex, await findVideo(context));
