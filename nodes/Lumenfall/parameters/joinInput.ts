import type { IExecuteFunctions } from 'n8n-workflow';
import { z } from 'zod';
import { MAX_SECONDS } from '../media/mp4/limits';
import { readBinaryField, readChoice } from './readField';
import { IF_SOUND_DIFFERS, PUBLIC_LINK_HOURS } from './options';
import { jsonObject, optionalNumber, optionalText } from './values';

/** How clips are joined, without the files themselves. */
interface JoinInput extends z.output<typeof joinOptions> {
	sound: 'keep' | 'none' | 'file';
	/** The binary field for the joined video. */
	field: string;
}

const joinOptions = z.object({
	fileName: optionalText('File Name'),
	ifSoundDiffers: IF_SOUND_DIFFERS,
	maxClipSeconds: optionalNumber('Max Seconds per Clip', {
		min: 0,
		max: MAX_SECONDS,
		unit: 'seconds',
		expected: `a number of seconds from 0 to ${MAX_SECONDS}`,
	}).transform((seconds) => seconds || undefined),
	publicLinkHours: PUBLIC_LINK_HOURS,
});

/** @throws FailureError naming the field */
export function readJoinInput(execution: IExecuteFunctions, itemIndex: number): JoinInput {
	const options = execution.getNodeParameter('options', itemIndex, {}) as unknown;
	return {
		field: readBinaryField(execution, itemIndex),
		sound: readChoice(execution, 'sound', itemIndex, 'Sound', ['keep', 'none', 'file']),
		...joinOptions.parse(jsonObject('Options').parse(options)),
	};
}

/** Returns whether each item becomes a separate video. The same for all items. */
export function readIsJoinedPerItem(execution: IExecuteFunctions): boolean {
	return readChoice(execution, 'clipsFrom', 0, 'Clips From', ['items', 'fields']) === 'fields';
}
