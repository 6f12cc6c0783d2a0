import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import type { GroupContext } from '../../context';
import { joinFiles } from '../../deliver/joinFiles';
import { publicUrlOf, requirePublicLinks } from '../../deliver/publicLink';
import {
	forOperation,
	ifSoundDiffers,
	optionsCollection,
	outputBinaryField,
	publicLink,
} from '../../descriptions/common';
import { readClipFiles, readSoundFile } from '../../parameters/clips';
import { formOf } from '../../parameters/form';
import { readIsJoinedPerItem, readJoinInput } from '../../parameters/joinInput';

export const description: INodeProperties[] = forOperation('video', 'join', [
	{
		displayName: 'Clips From',
		name: 'clipsFrom',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'All Input Items',
				value: 'items',
				description: 'Join the clips of all items, in their order, into one video',
			},
			{
				name: 'Fields of Each Item',
				value: 'fields',
				description: 'Join the clips of each item into a separate video',
			},
		],
		default: 'items',
		description: 'Which clips become one video',
	},
	{
		displayName: 'Input Binary Fields',
		name: 'clipFields',
		type: 'string',
		default: 'data',
		placeholder: 'e.g. intro, data',
		typeOptions: { binaryDataProperty: true },
		hint: 'The name of the input binary field containing the clip. Separate several fields with commas; they are joined in this order.',
	},
	{
		displayName: 'Sound',
		name: 'sound',
		type: 'options',
		options: [
			{
				name: 'From a File',
				value: 'file',
				description: 'Replace the sound of the clips with an AAC or MP3 file',
			},
			{ name: 'Keep', value: 'keep', description: 'Keep the sound of the clips' },
			{ name: 'None', value: 'none', description: 'Return a video without sound' },
		],
		default: 'keep',
		description: 'Sound of the joined video',
	},
	{
		displayName: 'Sound Binary Field',
		name: 'soundField',
		type: 'string',
		default: 'sound',
		typeOptions: { binaryDataProperty: true },
		hint: 'The name of the input binary field of the first item containing the AAC or MP3 file',
		displayOptions: { show: { sound: ['file'] } },
	},
	outputBinaryField,
	optionsCollection([
		{
			displayName: 'File Name',
			name: 'fileName',
			type: 'string',
			default: '',
			placeholder: 'e.g. summer-sale.mp4',
			description: "Name of the video file. Leave empty for 'joined-video.mp4'.",
		},
		ifSoundDiffers,
		{
			displayName: 'Max Seconds per Clip',
			name: 'maxClipSeconds',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 0,
			description:
				'Cut the end of longer clips, at the last frame before this time where no re-encoding is needed. 0 keeps all of each clip.',
		},
		publicLink,
	]),
]);

/** Returns the groups of items: one video of all items, or one per item. */
export function groupsOf(execution: IExecuteFunctions): number[][] {
	const all = execution.getInputData().map((_, itemIndex) => itemIndex);
	return readIsJoinedPerItem(execution) ? all.map((itemIndex) => [itemIndex]) : [all];
}

/** Joins clips into one MP4 without re-encoding. Sends no request and needs no credential. */
export async function execute({
	execution,
	itemIndexes,
	stop,
}: GroupContext): Promise<INodeExecutionData> {
	const first = { execution, itemIndex: itemIndexes[0] };
	const input = readJoinInput(formOf(first));
	await requirePublicLinks(execution, input.publicLinkHours);
	const { binary, json, clips } = await joinFiles(execution, stop, {
		clips: await readClipFiles(execution, itemIndexes),
		sound: input.sound === 'file' ? await readSoundFile(first) : input.sound,
		differentSound: input.ifSoundDiffers,
		maxClipSeconds: input.maxClipSeconds,
		fileName: input.fileName,
		usualName: 'joined-video',
	});
	return {
		json: { ...json, clips, ...publicUrlOf(execution, binary, input.publicLinkHours) },
		binary: { [input.field]: binary },
		pairedItem: itemIndexes.map((item) => ({ item })),
	};
}
