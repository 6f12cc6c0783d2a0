import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { inputErrors } from './inputErrors';
import { choice, numberOf, optionalText, readFlag, readModelId, text } from './values';

const STATUSES = ['any', 'running', 'completed', 'failed', 'cancelled'] as const;

/** Which videos of a list are returned. */
export interface VideoFilters {
	limit: number;
	status: (typeof STATUSES)[number];
	model?: string;
}

export function readVideoFilters(execution: IExecuteFunctions, itemIndex: number): VideoFilters {
	const filters = readFilters(execution, itemIndex);
	return {
		limit: readLimit(execution, itemIndex),
		status: choice('Status', STATUSES).parse(filters.status) ?? 'any',
		model: optionalText.parse(filters.model),
	};
}

/** Which models of a list are returned. */
export function readModelFilters(
	execution: IExecuteFunctions,
	itemIndex: number,
): { limit: number; mode: string } {
	const { mode } = readFilters(execution, itemIndex);
	return { limit: readLimit(execution, itemIndex), mode: text.parse(mode) || 'any' };
}

function readFilters(execution: IExecuteFunctions, itemIndex: number): IDataObject {
	return (execution.getNodeParameter('filters', itemIndex, {}) ?? {}) as IDataObject;
}

/** How many results are returned at most. */
function readLimit(execution: IExecuteFunctions, itemIndex: number): number {
	if (readFlag(execution, 'returnAll', itemIndex, 'Return All', false))
		return Number.POSITIVE_INFINITY;
	const value = execution.getNodeParameter('limit', itemIndex, 50) as unknown;
	const limit = numberOf(value) ?? 0;
	if (limit < 1) throw inputErrors.badOption('Limit', value, 'a number of 1 or more');
	return Math.floor(limit);
}

/**
 * The model that a form names.
 * @throws FailureError if it is empty
 */
export function readModel(execution: IExecuteFunctions, itemIndex: number): string {
	const model = readModelId(execution, itemIndex);
	if (!model) throw inputErrors.emptyModel();
	return model;
}
