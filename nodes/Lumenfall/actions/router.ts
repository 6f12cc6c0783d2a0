import { inputErrors } from '../errors/inputErrors';
import type { Operation } from '../context';
import { cancel } from './video/cancel.operation';
import { compare } from './video/compare.operation';
import { download } from './video/download.operation';
import { estimateCost } from './video/estimateCost.operation';
import { get } from './video/get.operation';
import { getAll } from './video/getAll.operation';
import { getBalance } from './account/getBalance.operation';
import { getModel, getAllModels } from './model/models';
import { imageToVideo } from './video/imageToVideo.operation';
import { textToVideo } from './video/textToVideo.operation';
import { wait } from './video/wait.operation';

/** Resource and operation, as the form names them, to what they do. */
export const operations: Record<string, Record<string, Operation>> = {
	account: { getBalance },
	model: { get: getModel, getAll: getAllModels },
	video: { cancel, compare, download, estimateCost, get, getAll, imageToVideo, textToVideo, wait },
};

export function operationFor(resource: string, operation: string): Operation {
	const action = operations[resource]?.[operation];
	if (!action) throw inputErrors.unknownOperation(operation);
	return action;
}
