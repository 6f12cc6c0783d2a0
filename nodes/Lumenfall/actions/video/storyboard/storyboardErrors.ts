import { FailureError, type Failure } from '../../../errors/failure';
import { invalid, listed, useVideos } from '../../../errors/message';

/** A scene without a video, by its number. */
export interface SceneFailure {
	scene: number;
	failure: Failure;
}

/** A storyboard cannot be generated. */
export const storyboardErrors = {
	/**
	 * Detected before anything is created.
	 * @param videoIds the videos that an earlier try created
	 */
	rejected: (failures: SceneFailure[], count: number, videoIds: string[] = []) =>
		ofScenes(
			failures,
			count,
			`${scenesNotLost(videoIds)}No scene was created${inThisTry(videoIds)}.`,
			videoIds,
		),

	/** @param videoIds the videos of all scenes that were created */
	failed: (failures: SceneFailure[], count: number, videoIds: string[]) =>
		ofScenes(
			failures,
			count,
			`${scenesNotLost(videoIds)}A retry creates only the scenes that have no video. To leave out scenes that fail, set 'If a Scene Fails' to 'Leave Out'.`,
			videoIds,
		),

	/** @param failure why their files cannot be joined */
	notJoined: (failure: Failure, videoIds: string[]) =>
		new FailureError({
			...failure,
			message: `The scenes are finished, but they cannot be joined: ${failure.message}`,
			advice: `${failure.advice} ${scenesNotLost(videoIds)}`.trim(),
			videoIds,
		}),

	/** @param shapes of the scenes, as text */
	differentShapes: (scene: number, shape: string, first: string) =>
		invalid(
			`Scene ${scene} would have ${shape}, but Scene 1 would have ${first}; joined scenes must have the same size`,
			"Choose a 'Resolution' and an 'Aspect Ratio' that the models of all scenes support. No scene was created.",
		),

	/** @param reason why a video cannot be extended */
	cannotContinue: (reason: Failure) =>
		new FailureError({
			...reason,
			message: `'Continue From the Previous Scene' is on, but a scene cannot be extended: ${reason.message}`,
			advice: `Remove the option 'Continue From the Previous Scene'. ${reason.advice}`,
		}),

	/** All scenes before have failed and are left out. */
	nothingToContinue: () =>
		invalid(
			"There is no earlier scene with a video that this scene could continue ('Continue From the Previous Scene' is on)",
			"Change the earlier scenes, or remove the option 'Continue From the Previous Scene'. This scene was not created.",
		),

	continuesSuspended: () =>
		invalid(
			"'Continue From the Previous Scene' is on, so the scenes are created one after the other, which is not possible with 'On Webhook Call'",
			"Choose 'Until the Video Is Ready' in 'Wait', or remove the option. No scene was created.",
		),

	/** @param field what the scene has of its own */
	breaksContinuity: (scene: number, field: 'Model' | 'Image') =>
		invalid(
			`Scene ${scene} has its own '${field}', but it continues the scene before ('Continue From the Previous Scene' is on)`,
			`Remove the '${field}' of the scene, or remove the option. No scene was created.`,
		),

	/** Each model has a different default size. */
	unknownShape: (models: string[]) =>
		invalid(
			`The scenes have different models (${listed(models, 'and')}), whose default sizes may differ; joined scenes must have the same size`,
			"Choose an 'Aspect Ratio' and a 'Resolution' instead of 'Model Default'. No scene was created.",
		),
};

/** A reason that all scenes share is shown once. The advice about a video that may exist is the most important one. */
function ofScenes(
	failures: SceneFailure[],
	count: number,
	outcome: string,
	videoIds: string[] = [],
): FailureError {
	const isUnclear = ({ failure }: SceneFailure) => failure.kind === 'createOutcomeUnknown';
	const { failure: first } = failures.find(isUnclear) ?? failures[0];
	const isShared =
		failures.length === count && failures.every(({ failure }) => failure.message === first.message);
	const message = isShared
		? first.message
		: failures.map(({ scene, failure }) => `Scene ${scene}: ${failure.message}`).join('; ');
	return new FailureError({
		...first,
		message,
		advice: `${first.advice} ${outcome}`,
		...(videoIds.length > 0 && { videoIds }),
	});
}

function inThisTry(videoIds: string[]): string {
	return videoIds.length > 0 ? ' in this try' : '';
}

/** A sentence and a space; empty if no video was created. */
function scenesNotLost(videoIds: string[]): string {
	if (videoIds.length === 0) return '';
	return `The videos of the scenes are not lost: ${useVideos(videoIds)} `;
}
