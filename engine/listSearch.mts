import type { IDataObject, INodeListSearchResult, INodeParameters } from 'n8n-workflow';
import { createAdditionalData } from './additionalData.mts';
import { inScope } from './scope.mts';
import { createWorkflow, type EngineParts } from './runWorkflow.mts';

/** Calls a list search of a node in the editor's context: a single node without an execution. */
export async function listSearch(
	{ core, credentials, nodeTypes, scope }: EngineParts,
	type: string,
	method: string,
	parameters: IDataObject,
	filter?: string,
): Promise<INodeListSearchResult> {
	const nodeType = nodeTypes.getByNameAndVersion(type);
	const search = nodeType.methods?.listSearch?.[method];
	if (!search) throw new Error(`Node type "${type}" has no listSearch method named "${method}"`);

	const { version } = nodeType.description;
	const workflow = createWorkflow(
		core,
		{
			nodes: [
				{
					id: 'list-search',
					name: 'Temp-Node',
					type,
					typeVersion: Array.isArray(version) ? Math.max(...version) : version,
					position: [0, 0],
					parameters: parameters as INodeParameters,
					credentials: credentials.references(),
				},
			],
			connections: {},
		},
		nodeTypes,
	);
	const node = workflow.nodes['Temp-Node'];
	const context = new core.n8nCore.LoadOptionsContext(
		workflow,
		node,
		// As in the editor's form, missing fields have their defaults.
		createAdditionalData(credentials, { currentNodeParameters: node.parameters }),
		'parameters',
	);
	return await inScope(scope, async () => await search.call(context, filter));
}
