import type { INodeType, INodeTypes, IVersionedNodeType } from 'n8n-workflow';
import type { Core } from './core.mts';
import type { InstalledPackage } from './installedPackage.mts';

export const noOpType = 'n8n-nodes-base.noOp';

/**
 * The nodes a workflow may name: the installed package's, two of n8n's own, and a stand-in for every other
 * type, which is fine as long as its data is pinned.
 */
export function createNodeTypes(core: Core, { name, loader }: InstalledPackage): INodeTypes {
	const known: Record<string, INodeType | IVersionedNodeType> = {
		'n8n-nodes-base.manualTrigger': manualTrigger,
		[noOpType]: noOp,
	};
	for (const [nodeName, { type }] of Object.entries(loader.nodeTypes)) {
		known[`${name}.${nodeName}`] = type;
	}

	const getByName = (type: string) => (known[type] ??= standIn(core, type));
	return {
		getByName,
		getByNameAndVersion: (type, version) =>
			core.n8nWorkflow.NodeHelpers.getVersionedNodeType(getByName(type), version),
		getKnownTypes: () => ({}),
	};
}

const manualTrigger: INodeType = {
	description: describe('n8n-nodes-base.manualTrigger', { trigger: true }),
	// Not `trigger`: n8n would wait for an event, and the editor's own trigger only emits one empty item.
	async execute() {
		return [[{ json: {} }]];
	},
};

const noOp: INodeType = {
	description: describe(noOpType),
	async execute() {
		return [this.getInputData()];
	},
};

function standIn({ n8nWorkflow }: Core, type: string): INodeType {
	return {
		description: describe(type),
		async execute() {
			const node = this.getNode();
			throw new n8nWorkflow.NodeOperationError(
				node,
				`The node "${node.name}" has the type "${type}", which is not installed here`,
				{ description: 'Pin data for this node: pinned data replaces its execution.' },
			);
		},
	};
}

function describe(type: string, { trigger = false } = {}): INodeType['description'] {
	const name = type.slice(type.indexOf('.') + 1);
	return {
		displayName: name,
		name: type,
		group: [trigger ? 'trigger' : 'transform'],
		version: 1,
		description: '',
		defaults: { name },
		inputs: trigger ? [] : ['main'],
		outputs: ['main'],
		properties: [],
	};
}
