import type { INodeProperties } from 'n8n-workflow';
import * as get from './get.operation';
import * as getAll from './getAll.operation';

export const operations = { get, getAll };

export const description: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['model'] } },
		options: [
			{
				name: 'Get',
				value: 'get',
				description: 'Get the supported parameters and the price of a model',
				action: 'Get model',
			},
			{
				name: 'Get Many',
				value: 'getAll',
				description: 'List the video models of the server with their limits and prices',
				action: 'Get many models',
			},
		],
		default: 'getAll',
	},
	...get.description,
	...getAll.description,
];
