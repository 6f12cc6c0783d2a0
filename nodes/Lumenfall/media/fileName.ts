import { extensionOf, type ImageType, type VideoType } from './fileType';

const MAX_WORDS = 5;
const MAX_SLUG = 48;
/** Longer prompts are not read further for a file name. */
const MAX_READ = 1_000;
/** Some gateways encode routing data into IDs of several hundred characters, which differ only at the end. */
const MAX_ID = 40;
/** Limit of common file systems, in bytes of UTF-8, less some room for suffixes that n8n or a disk adds. */
const MAX_NAME_BYTES = 240;
/** Names that Windows reserves for devices, with any extension. */
const DEVICE = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?=\.|$)/i;

/** What the name of a file is made of. */
export interface NamedFile {
	type: VideoType | ImageType;
	id: string;
	prompt?: string;
	/** The file name from the form. */
	typed?: string;
	/** `video`, or the kind of image. */
	variant?: string;
}

/**
 * Returns a file name: the name from the form, otherwise the first words of the prompt and the ID
 * (`paper-boat-video_8f2k.mp4`). It always has the extension of the real type and only characters that every file
 * system allows.
 */
export function fileNameOf({
	type,
	id,
	prompt = '',
	typed = '',
	variant = 'video',
}: NamedFile): string {
	const extension = extensionOf(type);
	const own = withoutUnsafe(typed.trim().replace(new RegExp(`\\.${extension}$`, 'i'), ''));
	const kind = variant === 'video' ? '' : variant;
	const base =
		own || [slugOfPrompt(prompt), shortId(id), kind].filter(Boolean).join('-') || 'video';
	const room = MAX_NAME_BYTES - extension.length - 1;
	const safe = cut(base.replace(DEVICE, '$1-file'), room).replace(/[.\s]+$/, '');
	return `${safe || 'video'}.${extension}`;
}

/** Returns a name from the form without its extension, so that a suffix can be added. */
export function withoutExtension(name: string): string {
	return name.replace(/\.\w{2,4}$/, '');
}

/** One visible character: a letter with its marks, an emoji with a skin tone, a family of emoji, a flag. */
const CHARACTER = /\p{RI}{2}|\P{M}[\p{M}\p{EMod}]*(?:\u200d\P{M}[\p{M}\p{EMod}]*)*/gu;
/** Characters that show nothing, except what joins the emoji of a family. */
const INVISIBLE =
	/(?!\u200d)\p{Cf}|(?<!\p{ExtPict}[\ufe0f\p{EMod}]*)\u200d|\u200d(?!\p{ExtPict})/gu;

/** Accents. In other scripts, a mark makes another letter, or is a vowel. */
const LATIN_MARKS = /(?<=\p{Script=Latin}\p{M}*)\p{M}/gu;

/** Returns the beginning of a name, as many whole characters as fit. */
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

/** Returns the first words of a prompt, as part of a file name. */
export function slugOfPrompt(prompt: string): string {
	const words = prompt
		.slice(0, MAX_READ)
		.normalize('NFKD')
		.replace(LATIN_MARKS, '')
		.normalize('NFC')
		.toLowerCase()
		.match(/(?:\p{L}\p{M}*|\p{N})+/gu);
	const name = (words ?? []).slice(0, MAX_WORDS).join('-');
	return (name.match(CHARACTER) ?? []).slice(0, MAX_SLUG).join('');
}

function shortId(id: string): string {
	return id.replace(/[^\w-]+/g, '').slice(-MAX_ID);
}

function withoutUnsafe(name: string): string {
	return name
		.slice(0, MAX_READ)
		.replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Surrogate}<>:"/\\|?*]+/gu, '-')
		.replace(INVISIBLE, '')
		.replace(/^[.\s-]+|[.\s]+$/g, '');
}
