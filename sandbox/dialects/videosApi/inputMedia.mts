import type { JobRequest, JobVideo } from '../../jobs/job.mts';
import type { ApiError } from '../../server/apiError.mts';
import {
	readImageBase64,
	readImageFile,
	readImageUrl,
	type InputImage,
} from '../../server/inputImages.mts';
import { readVideoFile, readVideoUrl } from '../../server/inputVideos.mts';
import type { ReceivedBody, UploadedFile } from '../../server/readBody.mts';
import type { FieldForm, ImageField, MediaField, Problem, VideoField } from './createRules.mts';

type Refuse = (problem: Problem) => ApiError;
type Given = { form: FieldForm; file: UploadedFile } | { form: FieldForm; text: string };

/** Reads the images of a request by role. If there are several first frames, all except one are references. */
export async function readImages(
	body: ReceivedBody,
	rules: ImageField[] = [],
	refuse: Refuse,
): Promise<Pick<JobRequest, 'image' | 'otherImages'>> {
	let image: InputImage | undefined;
	const otherImages: NonNullable<JobRequest['otherImages']> = [];
	for (const { role = 'first', ...rule } of rules) {
		for (const given of givenIn(body, rule, 'image', refuse)) {
			const one = await reading(
				readImage(given),
				rule.field,
				'Invalid image file provided',
				refuse,
			);
			if (role === 'first' && !image) image = one;
			else otherImages.push({ role: role === 'first' ? 'reference' : role, image: one });
		}
	}
	return { image, otherImages };
}

/** Reads the videos of a request by role. */
export async function readVideos(
	body: ReceivedBody,
	rules: VideoField[] = [],
	refuse: Refuse,
): Promise<JobVideo[]> {
	const videos: JobVideo[] = [];
	for (const { role, ...rule } of rules) {
		for (const given of givenIn(body, rule, 'video', refuse)) {
			const read = 'file' in given ? readVideoFile(given.file) : readVideoUrl(given.text);
			videos.push({
				role,
				video: await reading(read, rule.field, 'Invalid video provided', refuse),
			});
		}
	}
	return videos;
}

async function readImage(given: Given): Promise<InputImage> {
	if ('file' in given) return await readImageFile(given.file.mimeType, given.file.data);
	return given.form === 'base64' && !isUrl(given.text)
		? await readImageBase64(given.text)
		: await readImageUrl(given.text);
}

async function reading<Media>(
	media: Promise<Media>,
	field: string,
	message: string,
	refuse: Refuse,
): Promise<Media> {
	return await media.catch(() => {
		throw refuse({ kind: 'value', field, message });
	});
}

/** Returns the values of this field. A form that the server does not accept is refused. */
function givenIn(
	{ fields, files, encoding }: ReceivedBody,
	{ field, acceptsInJson, leavesOtherForms, ...rule }: MediaField,
	kind: 'image' | 'video',
	refuse: Refuse,
): Given[] {
	const accepts = encoding === 'json' ? (acceptsInJson ?? rule.accepts) : rule.accepts;
	const uploads = files
		.filter((file) => file.field === field || file.field === `${field}[]`)
		// One field may accept both kinds, such as `input_reference` of vLLM-Omni.
		.filter(({ mimeType }) => mimeType.startsWith('video/') === (kind === 'video'));
	const values = [fields[field] ?? []].flat();
	const given: Given[] = [
		...uploads.map((file) => ({ form: 'file' as const, file })),
		...values.map((value) => textOf(value, accepts)),
	];
	const isAccepted = ({ form }: Given) =>
		accepts.includes(form) || (form === 'text' && accepts.includes('base64'));
	if (leavesOtherForms) return given.filter(isAccepted);
	for (const { form } of given.filter((one) => !isAccepted(one))) {
		const got = form === 'text' ? 'string' : form;
		const wanted = accepts.includes('text') ? 'string' : (accepts[0] ?? rule.accepts[0]);
		const message = `${field} must be a ${wanted}, not a ${got}`;
		throw refuse({ kind: 'type', field, message, got, wanted });
	}
	return given;
}

function textOf(value: unknown, accepts: FieldForm[]): Given {
	if (typeof value === 'string') {
		if (!/^\s*{/.test(value)) {
			return { form: accepts.includes('base64') ? 'base64' : 'text', text: value };
		}
		return { form: 'jsonText', text: urlIn(JSON.parse(value)) };
	}
	return { form: 'object', text: urlIn(value) };
}

function urlIn(value: unknown): string {
	const { image_url, video_url, url } = (value ?? {}) as Record<string, unknown>;
	const inner = image_url ?? video_url ?? url;
	return typeof inner === 'object' && inner !== null ? urlIn(inner) : String(inner);
}

function isUrl(text: string): boolean {
	return /^(https?:|data:)/.test(text);
}
