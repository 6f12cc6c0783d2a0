import type { VideoRequest } from '../../../request/videoRequest';
import { dialectErrors } from '../dialectErrors';
import { hasOwnRoute } from './changeRequest';

/** The seconds that Gemini adds to a video: docs/protocols/video-changes.md#limits. */
const GEMINI_STEP_SECONDS = 7;

/** @throws FailureError if the way to extend or edit a video has no field for one of the settings */
export function checkChange(request: VideoRequest): void {
	const { source, seconds } = request;
	if (!source) return;
	if (source.way === 'extendVideoId' && seconds !== GEMINI_STEP_SECONDS)
		throw dialectErrors.fixedExtension(GEMINI_STEP_SECONDS);
	if (!hasOwnRoute(request)) return;
	if (source.change === 'edit' && seconds !== undefined) throw dialectErrors.editKeepsLength();
	const [setting] = SETTINGS.filter(([name]) => request[name] !== undefined);
	if (setting) throw dialectErrors.notInChange(setting[1]);
}

/** These routes have fields only for the prompt, the video and the seconds. */
const SETTINGS = [
	['audio', 'Audio'],
	['negativePrompt', 'Negative Prompt'],
	['seed', 'Seed'],
	['user', 'User'],
] as const;
