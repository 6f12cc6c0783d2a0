import { jsonParse } from 'n8n-workflow';
import { Fields } from './fields';

/** Words in the names of fields about the file of a video: `final_video_url`, `resultUrls`, `generatedVideo`. */
const ABOUT_FILE = [
	...['video', 'mp4', 'file', 'media', 'movie', 'clip', 'output', 'result', 'generated', 'final'],
	...['download', 'signed', 'presigned', 'unsigned', 'public', 'temp', 'cdn', 'blob', 's3', 'gcs'],
	...['resource', 'asset', 'artifact', 'attachment', 'creation', 'content', 'play', 'stream'],
	...['render', 'rendered', 'storage', 'object', 'oss', 'cos', 'hd', 'sd', 'uhd', '\\d{3,4}p'],
	...['nowatermark', 'withoutwatermark', 'watermarkfree', 'direct', 'hosted', 'delivery'],
	...['downloadable', 'exported', 'azure', 'r2', 'tos', 'bos'],
].join('|');
/** Words behind the name of such a field. */
const VERSION = '\\d{3,4}p|nowatermark|withoutwatermark';
/** Fields that contain the file itself, in base64. */
const INLINE_FIELDS =
	/^(b64json|b64|base64|bytesbase64encoded|b64video|encodedvideo|video(base64|b64|bytes|data))$/;
/**
 * Fields that are a URL of the file, a list of them, or contain such fields, by normalized name. The most likely ones
 * first: the result of the job, a URL, the file itself, and the objects in which servers nest these.
 */
const PLACES = [
	/^(outputs?|results?|output(video|file)s?|resultjson)$/,
	new RegExp(`^(${ABOUT_FILE})*(url|uri|link|href|src)(s|list)?(${VERSION})?$|^mp4$`),
	INLINE_FIELDS,
	/^videos?$/,
	new RegExp(`^(${ABOUT_FILE})+(list|infos?|s)?$`),
	/^(data|contents?|taskresult|response|resp|info|body|payload|attributes|tasks?|jobs?|items?|predictions?|records?|operations?)$/,
	/^(generations?|generatevideoresponse|(generated)?samples?|works|choices|message)$/,
	/^(\d{1,2}|\d{3,4}p?|sd|uhd|fullhd|best|default|raw)$/,
	/^metadata$/,
	// Agnes puts the URL there, and nowhere else.
	/^remixedfromvideoid$/,
];
/** Files that are not videos, although servers put their URLs into the same fields. */
const OTHER_FILE =
	/\.(png|jpe?g|webp|gif|avif|hei[cf]|jxl|bmp|tiff?|svg|mp3|wav|m4a|aac|flac|ogg|json|srt|vtt|txt|log|csv|pdf|html?|zip|m3u8|mpd)$/i;
/** The URL of the job itself on the API's own origin, where it reports the status. */
const JOB_ROUTE = /\/(videos|jobs|tasks|predictions|requests)\/[^/.]+(\/(status|cancel))?$/;
/** Types of entries that are not the video, although their name may contain the word. */
const ABOUT_VIDEO =
	/thumb|cover|poster|preview|subtitle|caption|self|status|cancel|callback|webhook|^(input|source|reference)([ _-]?(video|file|media))?$/i;
/** Types of entries that are not videos, unless they also say so, such as `image-to-video`. */
const OTHER_TYPE = /image|audio|text|json/i;
/** Base64 of the first bytes of an MP4 and of a WebM file. Shorter base64 may be an ordinary word. */
const VIDEO_BASE64 = /^(AAAA[\w+/]{2}Z0eX|GkXfo)[\w+/=\s-]{50,}$/;
const MIN_INLINE = 64;
const VIDEO_DATA = /^data:(video\/|application\/(octet-stream|mp4)[;,])/i;
/** A URL may contain a space only if it ends like a file. */
const ABSOLUTE = /^https?:\/\/([^\s<>"]+|[^<>"\n]+\.(mp4|mov|webm|m4v))$/i;
/** A path on the same server. A word without a file extension is not a URL. */
const RELATIVE = /^\/(?!\/)[^\s<>"]+$|^[^\s<>":]+\.(mp4|mov|webm|m4v)(\?[^\s<>"]*)?$/i;
/** No path is longer. Dots without end would take hours. */
const MAX_PATH = 8_000;
const MAX_DEPTH = 8;
/** No server returns more URLs for one video. */
const MAX_URLS = 20;

/**
 * Finds all URLs of the video file in JSON of a response, the most likely one first: `http(s)` URLs and `data:` URIs. Leaves
 * out thumbnails, images and callback URLs.
 * @param base base of relative URLs; without it, they are left out
 */
export function fileUrlsIn(json: unknown, base?: string): string[] {
	return [...new Set(urlsIn(json, base, 0))].slice(0, MAX_URLS);
}

function urlsIn(value: unknown, base: string | undefined, depth: number): string[] {
	if (depth > MAX_DEPTH) return [];
	if (typeof value === 'string') return depth > 0 ? urlsInText(value, base, depth) : [];
	if (Array.isArray(value))
		return value.slice(0, MAX_URLS).flatMap((one) => urlsIn(one, base, depth + 1));
	const fields = Fields.of(value);
	// The type of the outermost object describes the job, such as `image-to-video`, and not a file.
	if (!fields || (depth > 0 && isOtherFile(fields))) return [];

	const places = fields.entries().flatMap(([name, content]) => {
		const rank = PLACES.findIndex((names) => names.test(name));
		// A message may be the URL of a help page. Only the message of a chat contains files.
		const isText = name === 'message' && typeof content === 'string';
		return rank < 0 || isText ? [] : [{ rank, name, content: linkIn(name, content) }];
	});
	return places
		.sort((one, other) => one.rank - other.rank)
		.flatMap(({ name, content }) =>
			INLINE_FIELDS.test(name) ? inlineOf(content) : urlsIn(content, base, depth + 1),
		);
}

/** Fields that may contain another video than the result. */
const OTHER_VIDEO =
	/input|(?<!re)source|orig|(?<![hp])ref(?!in|resh)|(?<!def|f)init|control|driving|mask|(?<![a-z])pose|target|frame|user|preview|thumb|cover|poster|sample|watermark|audio|request|param|argument|^args$|option|config|setting|context|prompt|callback|webhook|doc|help|previous|parent|example/i;
const ENDS_LIKE_VIDEO = /\.(mp4|mov|webm|m4v)$/i;
/** The name of the file may be in the query: `/view?filename=a.mp4&type=output`. */
const NAMES_VIDEO = /[?&](?:file_?)?name=[^&]*\.(mp4|mov|webm|m4v)(?:&|$)/i;
/** The name of a URL, or the field for it beside a type. */
const NAME_OF_URL = /(url|uri|link|href|src|path|value|location)s?$/i;
/** The name of a page about a video, or of a route of its job. */
const NAME_OF_PAGE =
	/page|share|embed|player|watch|web|site|permalink|dashboard|gallery|status|view|edit|delete|upload|poll|retrieve|info|meta|log|api|pric|billing|feedback|report|template|remix/i;

/**
 * Returns the URL of a video at any place in JSON about a completed job. The URL ends like a video file, or its name or its
 * type says that it is one. Undefined if there is none. Also undefined if there are several, because it is not known which one
 * is the result.
 */
export function videoUrlAnywhere(json: unknown): string | undefined {
	const urls = videoUrlsAnywhere(json);
	return urls.length === 1 ? urls[0] : undefined;
}

/** Returns all URLs of videos in JSON, at any place. */
export function videoUrlsAnywhere(json: unknown): string[] {
	return [...new Set(videoUrlsIn(json, false, 0))];
}

/** @param isVideo whether the name of the value, or the type beside it, says that it is the URL of a video */
function videoUrlsIn(value: unknown, isVideo: boolean, depth: number): string[] {
	if (typeof value === 'string')
		return urlOf(value, undefined).filter((url) => isVideo || endsLikeVideo(new URL(url)));
	if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) return [];
	const fields = depth > 0 ? Fields.of(value) : undefined;
	if (fields && isOtherFile(fields)) return [];
	const hasType = /^video(\/|$)/i.test((fields && typesOf(fields)[0]) ?? '');
	return Object.entries(value).flatMap(([name, inner]: [string, unknown]) => {
		if (OTHER_VIDEO.test(name)) return [];
		const isOfVideo = hasType || /video/i.test(name);
		const isNamed = isOfVideo && NAME_OF_URL.test(name) && !NAME_OF_PAGE.test(name);
		return videoUrlsIn(inner, isNamed || (Array.isArray(value) && isVideo), depth + 1);
	});
}

function endsLikeVideo({ pathname, search }: URL): boolean {
	return ENDS_LIKE_VIDEO.test(pathname) || NAMES_VIDEO.test(search);
}

/** Limited, because thousands of links that do not end would take minutes. */
const LINK_TO_VIDEO = /https?:\/\/[^\s<>"'()[\]]{1,2000}\.(mp4|mov|webm|m4v)(\?[^\s<>"'()[\]]*)?/i;
const MAX_CONTENT = 32_000;

/** The content of a chat contains the URL in a sentence, in Markdown or in HTML. */
function linkIn(name: string, content: unknown): unknown {
	if (name !== 'content' || typeof content !== 'string' || /^\s*(\{|\[\s*["{[])/.test(content))
		return content;
	return LINK_TO_VIDEO.exec(content.slice(0, MAX_CONTENT))?.[0] ?? content;
}

/** Relays put the JSON of the server behind them into a text. */
function urlsInText(text: string, base: string | undefined, depth: number): string[] {
	if (!/^\s*[[{"]/.test(text)) return urlOf(text, base);
	const parsed = jsonParse<unknown>(text, { fallbackValue: null });
	return urlsIn(parsed, base, depth + 1);
}

function urlOf(value: string, base: string | undefined): string[] {
	const text = value.trim().replace(/^<(.*)>$/, '$1');
	if (VIDEO_DATA.test(text)) return [text];
	if (VIDEO_BASE64.test(text.slice(0, 1_000))) return [`data:video/mp4;base64,${text}`];
	const isAbsolute = ABSOLUTE.test(text);
	const mayBePath = base !== undefined && text.length <= MAX_PATH;
	if (!isAbsolute && !(mayBePath && RELATIVE.test(text))) return [];
	if (!URL.canParse(text, base)) return [];
	const url = new URL(text, base);
	if (OTHER_FILE.test(url.pathname) || isJobRoute(url, base)) return [];
	return [isAbsolute && !/\s/.test(text) ? text : url.href];
}

function isJobRoute({ origin, pathname }: URL, base: string | undefined): boolean {
	const isOwn = base !== undefined && URL.canParse(base) && new URL(base).origin === origin;
	return isOwn && JOB_ROUTE.test(pathname);
}

function inlineOf(value: unknown): string[] {
	if (typeof value !== 'string') return [];
	if (value.startsWith('data:')) return urlOf(value, undefined);
	const isBase64 = value.length >= MIN_INLINE && /^[\w+/=\s-]+$/.test(value.slice(0, 1_000));
	return isBase64 ? [`data:video/mp4;base64,${value}`] : [];
}

function isOtherFile(fields: Fields): boolean {
	// Replicate's `urls` are routes of the job: { get, cancel, stream }.
	if (fields.has('get') || fields.has('cancel')) return true;
	const types = typesOf(fields);
	const [type] = types;
	if (type === undefined) return false;
	return (
		types.some((one) => ABOUT_VIDEO.test(one)) || (OTHER_TYPE.test(type) && !/video/i.test(type))
	);
}

/** Returns what the fields about the type of a file say, the most exact one first. */
function typesOf(fields: Fields): string[] {
	const names = [
		...['contenttype', 'mimetype', 'mediatype', 'kind', 'type', 'variant', 'format', 'rel', 'mime'],
		...['purpose', 'role'],
	];
	return fields.values(names).filter((type) => typeof type === 'string');
}
