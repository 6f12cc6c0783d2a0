import type { INodeType, INodeTypes, IVersionedNodeType } from 'n8n-workflow';
import type { Core } from './core.mts';
import type { InstalledPackage } from './installedPackage.mts';

export const NO_OP_TYPE = 'n8n-nodes-base.noOp';

/**
 * The nodes that a workflow may contain: those of the loaded packages, two of n8n's own, and a placeholder for every
 * other type. The placeholder works only with pinned data.
 */
export function createNodeTypes(core: Core, packages: InstalledPackage[]): INodeTypes {
	const known: Record<string, INodeType | IVersionedNodeType> = {
		'n8n-nodes-base.manualTrigger': manualTrigger,
		[NO_OP_TYPE]: noOp,
	};
	const getByName = (type: string) =>
		(known[type] ??= findType(packages, type) ?? standIn(core, type));
	return {
		getByName,
		getByNameAndVersion: (type, version) =>
			core.n8nWorkflow.NodeHelpers.getVersionedNodeType(getByName(type), version),
		getKnownTypes: () => ({}),
	};
}

function findType(
	packages: InstalledPackage[],
	type: string,
): INodeType | IVersionedNodeType | undefined {
	const [packageName, nodeName] = split(type);
	const loader = packages.find(({ name }) => name === packageName)?.loader;
	return loader && nodeName in loader.known.nodes ? loader.getNode(nodeName).type : undefined;
}

/** Package names may contain dots; node names do not. */
function split(type: string): [packageName: string, nodeName: string] {
	const dot = type.lastIndexOf('.');
	return [type.slice(0, dot), type.slice(dot + 1)];
}

const manualTrigger: INodeType = {
	description: describe('n8n-nodes-base.manualTrigger', { trigger: true }),
	// Not `trigger`: n8n would wait for an event. The editor's own trigger only returns one empty item.
	async execute() {
		return [[{ json: {} }]];
	},
};

const noOp: INodeType = {
	description: describe(NO_OP_TYPE),
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
	const [, name] = split(type);
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
