import {
	isOwnRoute,
	type Change,
	type ChangeWay,
	type SourceVideo,
} from '../../../request/sourceVideo';
import type { VideoRequest } from '../../../request/videoRequest';
import type { ChangeSupport, RequestForm } from '../dialect';
import { chooseWayIn } from '../../requestErrors';
import { dialectErrors } from '../dialectErrors';
import { OPENAI_FIELDS, type ServerFields } from './serverFields';

/**
 * For an unknown server: ways with their own routes. A server without such a route refuses the request and does not
 * treat it as an ordinary create, which would be charged.
 */
const OWN_ROUTES: Record<Change, ChangeWay[]> = {
	extend: ['changeRoute'],
	edit: ['changeRoute', 'remix'],
};

/** By the value of `owned_by` in the model list. vLLM generates videos only in vLLM-Omni. */
const WAYS_BY_OWNER: Record<string, Record<Change, ChangeWay[]>> = {
	sglang: { extend: [], edit: ['inputReference', 'videoUrl'] },
	vllm: { extend: [], edit: ['inputReference', 'videoReference'] },
};

/**
 * Returns how a server with OpenAI's contract extends and edits a video (docs/protocols/video-changes.md). The user may
 * select any way. Without a selection, only ways are used that this server is known to support, or that cost nothing to
 * try.
 */
export function changesOf({ server, changes }: ServerFields): ChangeSupport {
	return {
		server: server === OPENAI_FIELDS.server ? 'This server' : server,
		ways: {
			changeRoute: { changes: ['extend', 'edit'], kinds: ['id', 'url', 'file'] },
			remix: { changes: ['edit'], kinds: ['id'] },
			extendVideoId: { changes: ['extend'], kinds: ['id'] },
			inputReference: { changes: ['edit'], kinds: ['file'] },
			inputVideo: { changes: ['extend', 'edit'], kinds: ['url'] },
			sourceVideo: { changes: ['edit'], kinds: ['url'] },
			videoReference: { changes: ['edit'], kinds: ['url'] },
			videoUri: { changes: ['edit'], kinds: ['url'] },
			videoUrl: { changes: ['edit'], kinds: ['url'] },
		},
		automatic: (change, { owner = '' }) =>
			(changes ?? WAYS_BY_OWNER[owner.toLowerCase()] ?? OWN_ROUTES)[change],
		advice: (change) => `If its documentation names another way, ${chooseWayIn(change)}.`,
	};
}

/** Returns the way of a request: the other one if the server has no route for the first. */
export function wayOf(source: SourceVideo, form: RequestForm = {}): ChangeWay {
	return (form.otherWay && source.otherWay) || source.way;
}

/** The seconds that Gemini adds to a video: docs/protocols/video-changes.md#limits. */
const GEMINI_STEP_SECONDS = 7;

/** These routes have fields only for the prompt, the video and the seconds. */
const SETTINGS = [
	['audio', 'Audio'],
	['negativePrompt', 'Negative Prompt'],
	['seed', 'Seed'],
	['user', 'User'],
] as const;

/** @throws FailureError if the way to extend or edit a video has no field for one of the settings */
export function checkChange(request: VideoRequest): void {
	const { source, seconds } = request;
	if (!source) return;
	if (source.way === 'extendVideoId' && seconds !== GEMINI_STEP_SECONDS)
		throw dialectErrors.fixedExtension(GEMINI_STEP_SECONDS);
	if (!isOwnRoute(source.way)) return;
	if (source.change === 'edit' && seconds !== undefined) throw dialectErrors.editKeepsLength();
	const [setting] = SETTINGS.filter(([name]) => request[name] !== undefined);
	if (setting) throw dialectErrors.notInChange(setting[1]);
}
