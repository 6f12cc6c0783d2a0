import type { CreateRules, FileTarget, WaitSettings } from '../request/rules';
import type { VideoSettings } from '../request/videoRequest';
import { distance, ratioOf } from '../request/frameSize';
import type { Form } from './form';
import type { FileReference } from './fileReferences';
import { imageSelectionOf, type ImageSelection } from './openImages';
import { inputErrors } from './inputErrors';
import { readOptions, type Options } from './options';
import { readScenes, type Scene } from './scenes/readScenes';
import { descriptionText } from './values';
import { readSettings, rulesOf, waitSettingsOf } from './videoInput';

type ShapeOfForm = Pick<VideoSettings, 'aspectRatio' | 'customSize'>;

/** The input of a storyboard: its scenes, and how they are joined. */
export interface StoryboardInput extends SceneDelivery {
	scenes: Array<{ settings: VideoSettings; image?: FileReference }>;
	/** The images of all scenes. */
	images: ImageSelection;
	rules: CreateRules;
}

/** How to wait for the scenes, and how to join them. */
export interface SceneDelivery {
	wait: WaitSettings;
	target: FileTarget;
	/**
	 * The clip of each scene is put into the field with this prefix and its number; absent if no clips are requested.
	 */
	clipFieldPrefix?: string;
	/** Whether each scene continues the video of the one before. */
	continues: boolean;
	/** Whether a scene without a video is left out. Otherwise the item fails. */
	leavesOutFailed: boolean;
	ifSoundDiffers: Options['ifSoundDiffers'];
}

/** @throws FailureError naming the field */
export function readStoryboardInput(form: Form): StoryboardInput {
	const options = readOptions(form);
	const settings = readSettings(form, options);
	const usualModel = form.identifier('model', 'Model');
	const style = descriptionText('Style').parse(form.value('style'));
	const read = readScenes(form);
	requireOneShape(read, settings);
	const scenes = read.map(({ prompt, seconds, model, image }) => ({
		settings: {
			...settings,
			prompt: style ? `${style}\n${prompt}` : prompt,
			seconds: seconds ?? settings.seconds,
			model: model ?? usualModel,
		},
		image,
	}));
	return {
		scenes,
		images: imageSelectionOf(form, options),
		rules: rulesOf(options),
		...deliveryOf(form, options),
	};
}

/** All scenes of a video have the shape of the form. A scene that names another one would be paid for in the wrong shape. */
function requireOneShape(scenes: Scene[], { aspectRatio, customSize }: ShapeOfForm): void {
	const shape = customSize ?? aspectRatio ?? 'model default';
	const wanted = ratioOf(shape);
	scenes.forEach((scene, index) => {
		const own = ratioOf(scene.aspectRatio ?? '');
		const isOther = own !== undefined && (!wanted || distance(own, wanted) > SAME_SHAPE);
		if (isOther && shape !== 'sameAsImage')
			throw inputErrors.badOption(
				`Aspect Ratio of Scene ${index + 1}`,
				scene.aspectRatio,
				`it in 'Aspect Ratio', which is '${shape}' and is used for all scenes, or remove it`,
			);
	});
}

/** Servers round sizes to whole pixels. */
const SAME_SHAPE = 0.02;

/** Reads the same without the scenes, for scenes that already exist. */
export function readSceneDelivery(form: Form): SceneDelivery {
	return deliveryOf(form, readOptions(form));
}

function deliveryOf(form: Form, options: Options): SceneDelivery {
	const {
		clipFieldPrefix,
		continueScenes,
		fileName,
		ifSceneFails,
		ifSoundDiffers,
		publicLinkHours,
	} = options;
	const field = form.binaryField();
	if (clipFieldPrefix !== undefined && isNumbered(field, clipFieldPrefix))
		throw inputErrors.badOption(
			'Clip Field Prefix',
			clipFieldPrefix,
			`another prefix, because the joined video is in the field '${field}'`,
		);
	const mode = form.choice<'poll' | 'webhook'>('waitMode', 'Wait', ['poll', 'webhook']);
	return {
		wait: waitSettingsOf(options, mode),
		target: { field, fileName, publicLinkHours },
		clipFieldPrefix,
		continues: continueScenes,
		leavesOutFailed: ifSceneFails === 'leaveOut',
		ifSoundDiffers,
	};
}

function isNumbered(field: string, prefix: string): boolean {
	return field.startsWith(prefix) && /^\d+$/.test(field.slice(prefix.length));
}
