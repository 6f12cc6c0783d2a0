import type { Change, ChangeWay } from '../request/sourceVideo';
import { isWebUrl } from '../support/urls';
import type { Form } from './form';
import { optionalFile, type FileReference } from './fileReferences';
import { inputErrors } from './inputErrors';
import { fileUrl, linkIn } from './links';
import type { Options } from './options';
import { textIn } from './values';

/** The earlier video in the form, and the allowed ways to send it. */
export interface SourceSelection {
	change: Change;
	video: NamedVideo;
	/** The way that the user selected. */
	way?: ChangeWay;
	/** How long a public link of the file is valid, in hours. Absent if no link is allowed. */
	linkHours?: number;
}

export type NamedVideo =
	| { kind: 'id'; id: string }
	| { kind: 'url'; url: string }
	| { kind: 'file'; file: FileReference };

/** Returns the change that an operation makes to an earlier video. Undefined for an operation without one. */
export function changeOf(operation: string): Change | undefined {
	return operation === 'extend' || operation === 'edit' ? operation : undefined;
}

/**
 * Reads which video to extend or edit, without opening it.
 * @throws FailureError naming the field
 */
export function readSourceSelection(
	form: Form,
	change: Change,
	{ sendVideoAs, inputLinkHours }: Options,
): SourceSelection {
	return {
		change,
		video: readNamedVideo(form),
		...(sendVideoAs && { way: sendVideoAs }),
		...(inputLinkHours !== undefined && { linkHours: inputLinkHours }),
	};
}

function readNamedVideo(form: Form): NamedVideo {
	const kind = form.choice('videoSource', 'Video From', ['id', 'url', 'binary']);
	if (kind === 'id') return { kind, id: form.videoId() };
	if (kind === 'url') {
		const url = textIn(linkIn(form.cell('videoUrl')), 'Video URL');
		if (!isWebUrl(url)) throw inputErrors.badVideoUrl(url);
		return { kind, url: fileUrl(url, 'Video URL') };
	}
	const file = optionalFile('Input Binary Field').parse(form.value('binaryPropertyName'));
	if (file === undefined) throw inputErrors.emptyFieldName('Input Binary Field');
	return { kind: 'file', file };
}
