import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { z } from 'zod';
import { inputErrors } from '../errors/inputErrors';
import { optionalText, text } from './form';

const listStatus = z.enum(['any', 'running', 'completed', 'failed', 'cancelled']).catch('any');

export interface VideoFilters {
	limit: number;
	status: z.output<typeof listStatus>;
	model?: string;
}

export function readVideoFilters(execution: IExecuteFunctions, itemIndex: number): VideoFilters {
	const filters = execution.getNodeParameter('filters', itemIndex, {}) as IDataObject;
	return {
		limit: readLimit(execution, itemIndex),
		status: listStatus.parse(filters.status ?? 'any'),
		model: optionalText.parse(filters.model),
	};
}

/** How many results are wanted at most. */
function readLimit(execution: IExecuteFunctions, itemIndex: number): number {
	const returnAll = execution.getNodeParameter('returnAll', itemIndex, false);
	if (returnAll) return Number.POSITIVE_INFINITY;
	const limit = Number(execution.getNodeParameter('limit', itemIndex, 50));
	if (!(limit >= 1)) throw inputErrors.badOption('Limit', limit, 'a number of 1 or more');
	return Math.floor(limit);
}

/** The wishes for a list of models. */
export function readModelFilters(
	execution: IExecuteFunctions,
	itemIndex: number,
): { limit: number; mode: string } {
	const { mode } = execution.getNodeParameter('filters', itemIndex, {}) as IDataObject;
	return { limit: readLimit(execution, itemIndex), mode: text.parse(mode ?? 'any') || 'any' };
}

/** The model a form names. */
export function readModel(execution: IExecuteFunctions, itemIndex: number): string {
	const value = execution.getNodeParameter('model', itemIndex, '', { extractValue: true });
	const model = text.parse(value).trim();
	if (!model) throw inputErrors.emptyModel();
	return model;
}
