import type { ItemContext } from '../../context';
import { mayExtendById } from '../../create/prepareSource';
import type { StoryboardInput } from '../../parameters/storyboardInput';
import { storyboardErrors } from './storyboardErrors';

/**
 * Requires that each scene can continue the one before, as far as that is known before the first one is paid for.
 * @throws FailureError that says what prevents it
 */
export function requireContinuable(
	{ api }: Pick<ItemContext, 'api'>,
	{ scenes, wait }: StoryboardInput,
): void {
	if (!mayExtendById(api)) throw storyboardErrors.cannotContinue();
	if (wait.mode === 'webhook') throw storyboardErrors.continuesSuspended();
	const [first, ...others] = scenes;
	others.forEach(({ settings, image }, index) => {
		const scene = index + 2;
		if (settings.model !== first.settings.model)
			throw storyboardErrors.breaksContinuity(scene, 'Model');
		if (image !== undefined) throw storyboardErrors.breaksContinuity(scene, 'Image');
	});
}
