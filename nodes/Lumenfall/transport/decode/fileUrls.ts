import { fieldsOf, type Fields } from './fields';

/** Fields that contain the URL of a file. */
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
/** Fields that contain the file itself, in base64. */
const INLINE_FIELDS = ['b64json', 'b64', 'base64', 'videobase64', 'b64video', 'bytesbase64encoded'];
/** Shorter base64 may be an ordinary word. */
const MIN_INLINE = 64;
const VIDEO_DATA = /^data:(video\/|application\/octet-stream[;,])/i;
/** Fields that contain the result of a job. */
const RESULTS = ['output', 'outputs', 'result', 'results'];
/** Fields that may contain such fields too, or that are such a URL or a list of them. The most likely ones first. */
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
/** Files that are not videos, although servers put their URLs into the same fields. */
const OTHER_FILE = /\.(png|jpe?g|webp|gif|avif|heic|svg|mp3|wav|m4a|aac|json|srt|vtt|txt|html?)$/i;
/** Types of entries that are not videos. */
const OTHER_TYPE = /image|audio|thumb|cover|poster|preview|subtitle|caption|text|json/i;
/** A path on the same server. A word without a file extension is not a URL. */
const RELATIVE = /^\/(?!\/)[^\s<>"]+$|^[^\s<>":]+\.(mp4|mov|webm|m4v)(\?[^\s<>"]*)?$/i;
const MAX_DEPTH = 6;
/** No server returns more URLs for one video. */
const MAX_URLS = 20;

/**
 * Finds all URLs of the video file in a response, the most likely one first: `http(s)` URLs and `data:` URIs. Leaves
 * out thumbnails, images and callback URLs.
 * @param base base of relative URLs; without it, they are left out
 */
export function fileUrlsIn(response: unknown, base?: string): string[] {
	return [...new Set(urlsIn(response, base, 0))].slice(0, MAX_URLS);
}

function urlsIn(value: unknown, base: string | undefined, depth: number): string[] {
	if (depth > MAX_DEPTH) return [];
	if (typeof value === 'string') return depth > 0 ? urlOf(value, base) : [];
	if (Array.isArray(value))
		return value.slice(0, MAX_URLS).flatMap((one) => urlsIn(one, base, depth + 1));
	const fields = fieldsOf(value);
	// The type of the outermost object describes the job, such as `image-to-video`, and not a file.
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
