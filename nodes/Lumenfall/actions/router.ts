import { inputFailures } from '../errors/inputFailures';
import type { Action } from './action';
import { cancel } from './cancel';
import { compare } from './compare';
import { download } from './download';
import { estimateCost } from './estimateCost';
import { get } from './get';
import { getAll } from './getAll';
import { getBalance } from './getBalance';
import { getModel, getModels } from './models';
import { imageToVideo } from './imageToVideo';
import { textToVideo } from './textToVideo';
import { wait } from './wait';

/** Resource and operation, as the form names them, to what they do. */
export const actions: Record<string, Record<string, Action>> = {
	account: { getBalance },
	model: { get: getModel, getAll: getModels },
	video: { cancel, compare, download, estimateCost, get, getAll, imageToVideo, textToVideo, wait },
};

export function actionFor(resource: string, operation: string): Action {
	const action = actions[resource]?.[operation];
	if (!action) throw inputFailures.unknownOperation(operation);
	return action;
}
