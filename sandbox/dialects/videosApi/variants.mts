import { extractStill } from '../../renderer/stills.mts';
import { plainError } from '../../server/apiError.mts';
import { invalidValue } from './response.mts';
import type { ContentRules } from './serverSpec.mts';

type SendVariant = NonNullable<ContentRules['sendVariant']>;

/** Sends a thumbnail or a spritesheet. */
export const sendVariant: SendVariant = async (reply, videoPath, variant) => {
	const still = await extractStill(videoPath, variant);
	if (!still) throw invalidValue('variant', variant, ['video', 'thumbnail', 'spritesheet']);
	return await reply.type(still.mimeType).send(still.data);
};

/** Refuses all variants except the video. */
export const refuseVariant: SendVariant = async (_reply, _videoPath, variant) => {
	throw plainError(400, `Variant '${variant}' is not supported.`, { param: 'variant' });
};
