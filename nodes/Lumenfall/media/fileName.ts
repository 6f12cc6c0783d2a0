import { extensionOf, type ImageType, type VideoType } from './fileType';

const MAX_WORDS = 5;
const MAX_SLUG = 48;
/** Nobody needs more of a prompt to name a file. */
const MAX_READ = 1_000;
/** Some gateways encode routing data into ids of several hundred characters; the end is what differs. */
const MAX_ID = 40;
/** What common file systems allow, in bytes of UTF-8, with some room for what n8n or a disk adds. */
const MAX_NAME_BYTES = 240;
/** Names that Windows keeps for devices, with any extension. */
const DEVICE = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?=\.|$)/i;

export interface NamedFile {
	type: VideoType | ImageType;
	id: string;
	prompt?: string;
	/** The name the user typed. */
	typed?: string;
	/** `video`, or what kind of image of it. */
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
	const room = MAX_NAME_BYTES - extension.length - 1;
	const safe = cut(base.replace(DEVICE, '$1-file'), room).replace(/[.\s]+$/, '');
	return `${safe || 'video'}.${extension}`;
}

/** What a reader sees as one: a letter with its marks, a person with a skin tone, a flag. */
const CHARACTER = /\p{RI}{2}|\P{M}[\p{M}\p{EMod}]*/gu;

/** As many whole characters as fit. */
function cut(name: string, maxBytes: number): string {
	if (Buffer.byteLength(name) <= maxBytes) return name;
	let kept = '';
	let bytes = 0;
	for (const character of name.match(CHARACTER) ?? []) {
		bytes += Buffer.byteLength(character);
		if (bytes > maxBytes) break;
		kept += character;
	}
	return kept;
}

/** The first words of a prompt, for a file name. */
export function slugOf(prompt: string): string {
	const words = prompt
		.slice(0, MAX_READ)
		.normalize('NFKD')
		.replace(/\p{M}/gu, '')
		.toLowerCase()
		.split(/[^\p{L}\p{N}]+/u)
		.filter(Boolean)
		.slice(0, MAX_WORDS)
		.join('-');
	return Array.from(words).slice(0, MAX_SLUG).join('');
}

function shortId(id: string): string {
	return id.replace(/[^\w-]+/g, '').slice(-MAX_ID);
}

function withoutUnsafe(name: string): string {
	return name
		.slice(0, MAX_READ)
		.replace(/[\p{Cc}\p{Cf}\p{Surrogate}<>:"/\\|?*]+/gu, '-')
		.replace(/^[.\s-]+|[.\s]+$/g, '');
}
