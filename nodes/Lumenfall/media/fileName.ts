import { extensionOf, type ImageType, type VideoType } from './fileType';

const MAX_WORDS = 5;
const MAX_SLUG = 48;
/** Some gateways encode routing data into ids of several hundred characters; the end is what differs. */
const MAX_ID = 40;
const MAX_NAME = 120;

export interface NamedFile {
	type: VideoType | ImageType;
	id: string;
	prompt?: string;
	/** The name the user typed. */
	typed?: string;
	/** `video`, or what kind of picture of it. */
	variant?: string;
}

/**
 * The name of a file: what the user typed, else the first words of the prompt and the id
 * (`paper-boat-video_8f2k.mp4`). Always has the extension of the real type and no character a disk refuses.
 */
export function fileNameOf({
	type,
	id,
	prompt = '',
	typed = '',
	variant = 'video',
}: NamedFile): string {
	const extension = extensionOf(type);
	const own = withoutUnsafe(typed).replace(new RegExp(`\\.${extension}$`, 'i'), '');
	const kind = variant === 'video' ? '' : variant;
	const base = own || [slugOf(prompt), shortId(id), kind].filter(Boolean).join('-') || 'video';
	return `${base.slice(0, MAX_NAME)}.${extension}`;
}

/** The first words of a prompt, for a file name. */
export function slugOf(prompt: string): string {
	return prompt
		.normalize('NFKD')
		.replace(/\p{M}/gu, '')
		.toLowerCase()
		.split(/[^\p{L}\p{N}]+/u)
		.filter(Boolean)
		.slice(0, MAX_WORDS)
		.join('-')
		.slice(0, MAX_SLUG);
}

function shortId(id: string): string {
	return id.replace(/[^\w-]+/g, '').slice(-MAX_ID);
}

function withoutUnsafe(name: string): string {
	return name.replace(/[\p{Cc}\p{Cf}<>:"/\\|?*]+/gu, '-').replace(/^[.\s-]+|[.\s]+$/g, '');
}
