import type { IExecuteFunctions } from 'n8n-workflow';
import { z } from 'zod';
import { MAX_SECONDS } from '../media/mp4/limits';
import { formOf, type Form } from './form';
import { optionsForm } from './options';
import { optionalNumber } from './numbers';

/** How clips are joined, without the files themselves. */
interface JoinInput extends z.output<typeof joinOptions> {
	sound: 'keep' | 'none' | 'file';
	/** The binary field for the joined video. */
	field: string;
}

const { fileName, ifSoundDiffers, publicLinkHours } = optionsForm.shape;
const joinOptions = z.object({
	fileName,
	ifSoundDiffers,
	maxClipSeconds: optionalNumber('Max Seconds per Clip', {
		min: 0,
		max: MAX_SECONDS,
		unit: 'seconds',
		expected: `a number of seconds from 0 to ${MAX_SECONDS}`,
	}).transform((seconds) => seconds || undefined),
	publicLinkHours,
});

/** @throws FailureError naming the field */
export function readJoinInput(form: Form): JoinInput {
	return {
		field: form.binaryField(),
		sound: form.choice('sound', 'Sound', ['keep', 'none', 'file']),
		...joinOptions.parse(form.collection('options', 'Options')),
	};
}

/** Returns whether each item becomes a separate video. The same for all items. */
export function readIsJoinedPerItem(execution: IExecuteFunctions): boolean {
	const form = formOf({ execution, itemIndex: 0 });
	return form.choice('clipsFrom', 'Clips From', ['items', 'fields']) === 'fields';
}
