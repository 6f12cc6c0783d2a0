import type { CreateRules, FileTarget, WaitSettings } from '../request/rules';
import type { VideoSettings } from '../request/videoRequest';
import { readModels } from './comparedModels';
import type { Form } from './form';
import { inputErrors } from './inputErrors';
import { imageSelectionOf, type ImageSelection } from './openImages';
import { readOptions } from './options';
import { readSettings, readTarget, rulesOf, waitSettingsOf } from './videoInput';

/** The input of a comparison: its models, the video that each of them makes, and where the files go. */
export interface ComparisonInput {
	models: string[];
	/** The video, the same for all models. */
	settings: Omit<VideoSettings, 'model'>;
	images: ImageSelection;
	rules: CreateRules;
	wait: WaitSettings;
	/** Where the files go; absent if only their URLs are requested. */
	target?: FileTarget;
	/** The binary field for the page; absent if no page is requested. */
	pageField?: string;
}

/** @throws FailureError naming the field */
export function readComparisonInput(form: Form): ComparisonInput {
	const options = readOptions(form);
	const target = readTarget(form, options);
	return {
		target,
		pageField: readPageField(form, target?.field),
		models: readModels(form),
		settings: readSettings(form, options),
		images: imageSelectionOf(form, options),
		rules: rulesOf(options),
		wait: waitSettingsOf(options),
	};
}

function readPageField(form: Form, videoField?: string): string | undefined {
	if (!form.flag('comparisonPage', 'Comparison Page', true)) return undefined;
	const field = form.binaryField('pageBinaryField', 'Put Comparison Page in Field', 'page');
	if (field === videoField) throw inputErrors.sameField(field);
	return field;
}
