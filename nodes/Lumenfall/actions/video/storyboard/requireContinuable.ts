import type { ItemContext } from '../../../context';
import { futureSource } from '../../../create/prepareSource';
import { failureFrom } from '../../../errors/nodeError';
import type { StoryboardInput } from '../../../parameters/storyboardInput';
import type { SourceVideo } from '../../../request/sourceVideo';
import { resultOf } from '../../../support/result';
import { storyboardErrors } from './storyboardErrors';

/**
 * Requires that each scene can continue the one before, as far as that is known before the first one is paid for.
 * @returns the source of each later scene: a video that is not created yet
 * @throws FailureError that says what prevents it
 */
export async function requireContinuable(
	context: ItemContext,
	{ scenes, wait }: StoryboardInput,
): Promise<SourceVideo> {
	if (wait.mode === 'webhook') throw storyboardErrors.continuesSuspended();
	const [first, ...others] = scenes;
	others.forEach(({ settings, image }, index) => {
		const scene = index + 2;
		if (settings.model !== first.settings.model)
			throw storyboardErrors.breaksContinuity(scene, 'Model');
		if (image !== undefined) throw storyboardErrors.breaksContinuity(scene, 'Image');
	});
	const source = await resultOf(futureSource(context, first.settings.model));
	if (!source.ok) throw storyboardErrors.cannotContinue(failureFrom(source.error));
	return source.value;
}
