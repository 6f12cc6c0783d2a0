import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
} from 'n8n-workflow';
import type { GroupContext } from '../../context';
import { publicUrlOf, requirePublicLinks } from '../../deliver/publicLink';
import { storeVideo } from '../../deliver/storeVideo';
import {
	forOperation,
	optionsCollection,
	outputBinaryField,
	publicLink,
} from '../../descriptions/common';
import { fileNameOf } from '../../media/fileName';
import { joinClips, type JoinedVideo, type JoinOptions } from '../../media/mp4/joinClips';
import { JoinError } from '../../media/mp4/joinErrors';
import { readClipFiles, readSoundFile, type InputFile } from '../../parameters/clips';
import { inputErrors } from '../../parameters/inputErrors';
import { readIsJoinedPerItem, readJoinInput } from '../../parameters/joinInput';
import { runtimeOf } from '../../support/runtime';

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
				description: 'Join the clips of each item into a video of its own',
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
		{
			displayName: 'If Sound Differs',
			name: 'ifSoundDiffers',
			type: 'options',
			options: [
				{ name: 'Fail', value: 'refuse', description: 'Stop and name the clips that differ' },
				{ name: 'Leave Out', value: 'leaveOut', description: 'Make the differing clip silent' },
			],
			default: 'refuse',
			description:
				'What to do if the sound of a clip has another format than that of the first one',
		},
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

/** In this mode n8n holds every file several times in memory, as text and as bytes. */
const MAX_BYTES_IN_MEMORY = 100_000_000;

/** Joins clips into one MP4 without re-encoding. Sends no request and needs no credential. */
export async function execute({
	execution,
	itemIndexes,
	stop,
}: GroupContext): Promise<INodeExecutionData> {
	const [itemIndex] = itemIndexes;
	const { field, fileName, ifSoundDiffers, maxClipSeconds, publicLinkHours, ...input } =
		readJoinInput(execution, itemIndex);
	await requirePublicLinks(execution, publicLinkHours);
	const clips = await readClipFiles(execution, itemIndexes);
	const sound = input.sound === 'file' ? await readSoundFile(execution, itemIndex) : input.sound;
	const files = typeof sound === 'string' ? clips : [...clips, sound];
	const inMemory = files.reduce((sum, { bytesInMemory }) => sum + bytesInMemory, 0);
	if (inMemory > MAX_BYTES_IN_MEMORY) {
		throw inputErrors.filesTooLargeForMemory(inMemory, MAX_BYTES_IN_MEMORY);
	}

	const { sleep } = runtimeOf(stop);
	const options: JoinOptions = {
		sound,
		differentSound: ifSoundDiffers,
		maxClipSeconds,
		breathe: async () => await sleep(0),
	};
	try {
		const video = await joinClips(clips, options);
		const name = fileNameOf({ type: 'video/mp4', id: 'joined-video', typed: fileName });
		const binary = await storeVideo(execution, video.content(), files, name);
		const json = toJson(video, clips, {
			name: binary.fileName,
			mimeType: binary.mimeType,
			bytes: video.bytes,
		});
		return {
			json: { ...json, ...publicUrlOf(execution, binary, publicLinkHours) },
			binary: { [field]: binary },
			pairedItem: itemIndexes.map((item) => ({ item })),
		};
	} catch (error) {
		throw inWords(error);
	}
}

function inWords(error: unknown): unknown {
	return error instanceof JoinError ? inputErrors.cannotJoin(error) : error;
}

function toJson(video: JoinedVideo, files: InputFile[], file: IDataObject): IDataObject {
	const { seconds, width, height, hasAudio, clips } = video;
	return {
		seconds: toMilliseconds(seconds),
		width,
		height,
		hasAudio,
		clips: clips.map((clip, i) => ({
			name: files[i].fileName ?? clip.name,
			startsAt: toMilliseconds(clip.startsAt),
			seconds: toMilliseconds(clip.seconds),
		})),
		file,
	};
}

const toMilliseconds = (seconds: number) => Math.round(seconds * 1000) / 1000;
