import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INode, INodeExecutionData } from 'n8n-workflow';
import type { WorkflowJson } from '../../../instance/types.mts';

const folder = join(process.cwd(), 'examples');

/** Returns the example with this number. */
export function readExample(number: string): WorkflowJson {
	const file = readdirSync(folder).find(
		(name) => name.startsWith(number) && name.endsWith('.json'),
	);
	return JSON.parse(readFileSync(join(folder, file!), 'utf8')) as WorkflowJson;
}

type Node = WorkflowJson['nodes'][number];

/** Credentials with a local server. */
const OWN = ['lumenfallApi', 'openAiApi'];

/** Replacements for external services: the items that each node outputs, by node. */
export type Outside = Record<string, INodeExecutionData[]>;

/**
 * Returns the example in a form that runs without external accounts. A trigger starts manually and outputs the items
 * given here. A node with an external credential ends its branch: it does nothing, so its output is its input.
 */
export function rehearsed(example: WorkflowJson, outside: Outside = {}): WorkflowJson {
	const ends = example.nodes.filter((node) => isForeign(node) && !(node.name in outside));
	const connections = { ...example.connections };
	for (const { name } of ends) delete connections[name];
	return {
		...example,
		connections,
		nodes: example.nodes.map((node) => {
			if (isTrigger(node)) return without(node, 'n8n-nodes-base.manualTrigger');
			return ends.includes(node) ? without(node, 'n8n-nodes-base.noOp') : node;
		}),
		pinData: outside,
	};
}

/** Returns the binary field that a node posts, whatever its parameter is called. */
export function postedField({ parameters }: Node): string {
	const { binaryProperty, binaryPropertyName, inputDataFieldName, bodyParameters } = parameters;
	const { parameters: parts = [] } = (bodyParameters ?? {}) as {
		parameters?: Array<{ inputDataFieldName?: string }>;
	};
	const part = parts.find((one) => one.inputDataFieldName !== undefined)?.inputDataFieldName;
	return String(binaryProperty ?? binaryPropertyName ?? inputDataFieldName ?? part);
}

function isForeign({ type, credentials = {} }: Node): boolean {
	const isOther = Object.keys(credentials).some((name) => !OWN.includes(name));
	return isOther && !isTrigger({ type });
}

function isTrigger({ type }: Pick<INode, 'type'>): boolean {
	return /trigger$/i.test(type) && !type.endsWith('.lumenfallTrigger');
}

function without({ id, name, position }: Node, type: string): Node {
	return { id, name, position, type, typeVersion: 1, parameters: {} };
}
