import { fieldsOf, type Fields } from './fields';

/** Fields that hold the URL of a file; inside an object that is one file or a list of them, `url` is enough. */
const URL_FIELDS = [
	'url',
	'videourl',
	'outputurl',
	'resulturl',
	'downloadurl',
	'fileurl',
	'signedurl',
	'videouri',
	'fileuri',
	'downloaduri',
	'uri',
	'resourceurl',
	'mp4url',
	'mp4',
];
/** Fields that hold the file itself, in base64. */
const INLINE_FIELDS = ['b64json', 'b64', 'base64', 'videobase64', 'b64video', 'bytesbase64encoded'];
/** Shorter base64 is a word. */
const MIN_INLINE = 64;
const VIDEO_DATA = /^data:(video\/|application\/octet-stream[;,])/i;
/** What holds the result of a job. */
const RESULTS = ['output', 'outputs', 'result', 'results'];
/** What may hold such fields too, or is such a URL or a list of them itself. The likeliest first. */
const OTHER_CONTAINERS = [
	'video',
	'videos',
	'data',
	'content',
	'contents',
	'file',
	'files',
	'assets',
	'artifacts',
	'urls',
	'videourls',
	'signedurls',
	'unsignedurls',
	'taskresult',
	'response',
	'generatedvideos',
	'generatedsamples',
	'generatevideoresponse',
	'samples',
	'works',
	'generations',
	'task',
	'job',
	'payload',
	'metadata',
];
/** Files that are no video, though they stand where one does. */
const OTHER_FILE = /\.(png|jpe?g|webp|gif|avif|heic|svg|mp3|wav|m4a|aac|json|srt|vtt|txt|html?)$/i;
/** Types of an entry that is no video. */
const OTHER_TYPE = /image|audio|thumb|cover|poster|preview|subtitle|caption|text|json/i;
/** A path on the server of the answer; a bare word is no URL. */
const RELATIVE = /^\/(?!\/)[^\s<>"]+$|^[^\s<>":]+\.(mp4|mov|webm|m4v)(\?[^\s<>"]*)?$/i;
const MAX_DEPTH = 6;
/** No server offers more places for one video; a list beyond it is noise. */
const MAX_URLS = 20;

/**
 * Every place where an answer says that the file of a video is, the likeliest first: `http(s)` URLs and `data:` URIs.
 * Never a thumbnail, an image, or a URL that is called.
 * @param base what a relative URL starts from; without it relative ones are left out
 */
export function fileUrlsIn(answer: unknown, base?: string): string[] {
	return [...new Set(urlsIn(answer, base, 0))].slice(0, MAX_URLS);
}

function urlsIn(value: unknown, base: string | undefined, depth: number): string[] {
	if (depth > MAX_DEPTH) return [];
	if (typeof value === 'string') return depth > 0 ? urlOf(value, base) : [];
	if (Array.isArray(value))
		return value.slice(0, MAX_URLS).flatMap((one) => urlsIn(one, base, depth + 1));
	const fields = fieldsOf(value);
	// The answer itself may say `image-to-video` of the job.
	if (!fields || (depth > 0 && isOtherFile(fields))) return [];

	const inside = (names: string[]) =>
		names.flatMap((name) => urlsIn(fields.get(name), base, depth + 1));
	const own = [
		...URL_FIELDS.flatMap((name) => urlOf(fields.get(name), base)),
		...INLINE_FIELDS.flatMap((name) => inlineOf(fields.get(name), fields)),
	];
	return [...inside(RESULTS), ...own, ...inside(OTHER_CONTAINERS)];
}

function urlOf(value: unknown, base: string | undefined): string[] {
	if (typeof value !== 'string') return [];
	const text = value.trim();
	if (VIDEO_DATA.test(text)) return [text];
	const isAbsolute = /^https?:\/\/[^\s<>"]+$/i.test(text);
	if (!isAbsolute && !(base && RELATIVE.test(text))) return [];
	if (!URL.canParse(text, base)) return [];
	const url = new URL(text, base);
	if (OTHER_FILE.test(url.pathname)) return [];
	return [isAbsolute ? text : url.href];
}

function inlineOf(value: unknown, fields: Fields): string[] {
	if (typeof value !== 'string') return [];
	if (value.startsWith('data:')) return urlOf(value, undefined);
	const isBase64 = value.length >= MIN_INLINE && /^[\w+/=\s-]+$/.test(value.slice(0, 1_000));
	return isBase64 && !isOtherFile(fields) ? [`data:video/mp4;base64,${value}`] : [];
}

function isOtherFile(fields: Fields): boolean {
	const type = typeOf(fields);
	return type !== undefined && OTHER_TYPE.test(type) && !/video/i.test(type);
}

function typeOf(fields: Fields): string | undefined {
	const types = ['contenttype', 'mimetype', 'mediatype', 'kind', 'type', 'variant', 'format'];
	const named = types.map((name) => fields.get(name)).find((type) => typeof type === 'string');
	return named as string | undefined;
}
