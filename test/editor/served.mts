import {
	displayParameter,
	getNodeParameters,
	type INodeProperties,
	type INodePropertyCollection,
	type INodePropertyOptions,
	type INodeTypeDescription,
} from 'n8n-workflow';
import type { Stage } from '../e2e/stage.mts';

export interface Operation {
	resource: string;
	operation: string;
	/** Its name in the panel of all nodes. */
	action: string;
}

/** The node, as n8n passes it to the editor. */
export async function servedNode({ api }: Stage): Promise<INodeTypeDescription> {
	const types = (await api.http.get('/types/nodes.json')).data as INodeTypeDescription[];
	return types.find(({ name }) => name === 'n8n-nodes-lumenfall.lumenfall')!;
}

/**
 * Returns the labels that a new form of an operation must have, by its description, and those of the rows of its lists.
 */
export function labelsOf(
	node: INodeTypeDescription,
	{ resource, operation }: Operation,
): { fields: string[]; rows: string[] } {
	const typed = { resource, operation };
	const { properties } = node;
	const about = { typeVersion: 1 };
	const values = getNodeParameters(properties, typed, true, false, about, node)!;
	const shown = properties.filter((field) => displayParameter(values, field, about, node));
	const lists = shown.filter(({ type }) => type === 'fixedCollection');
	const rows = lists.flatMap(({ options }) =>
		(options as INodePropertyCollection[]).flatMap(({ values }) => values),
	);
	return { fields: shown.map(nameOf), rows: rows.map(nameOf) };
}

function nameOf({ displayName }: INodeProperties): string {
	return displayName;
}

export async function listOperations(stage: Stage): Promise<Operation[]> {
	const menus = (await servedNode(stage)).properties.filter(({ name }) => name === 'operation');
	return menus.flatMap(({ options, displayOptions }) =>
		(options as INodePropertyOptions[])
			// n8n itself adds 'Custom API Call', without an action.
			.filter(({ action }) => action !== undefined)
			.map(({ value, action }) => ({
				resource: String(displayOptions!.show!.resource![0]),
				operation: String(value),
				action: action!,
			})),
	);
}
