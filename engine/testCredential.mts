import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	IDataObject,
	INode,
	INodeExecutionData,
	INodeType,
	INodeTypes,
} from 'n8n-workflow';
import { createAdditionalData } from './additionalData.mts';
import { NO_OP_TYPE } from './nodeTypes.mts';
import { createWorkflow, type EngineParts } from './runWorkflow.mts';
import { inScope } from './scope.mts';
import type { CredentialTestResult } from './types.mts';

type Rules = NonNullable<ICredentialTestRequest['rules']>;

/** Tests a credential as n8n does: runs its `test` request as a declarative node, then applies its rules. */
export async function testCredential(
	parts: EngineParts,
	type: string,
	values: IDataObject,
): Promise<CredentialTestResult> {
	const { test } = parts.credentials.typeOf(type);
	if (!test) return failed('No testing function found for this credential.');

	const rules = test.rules ?? [];
	try {
		const data = parts.credentials.withDefaults(type, values);
		const output = await inScope(parts.scope, async () => await sendTest(parts, type, data, test));
		return applyBodyRules(rules, output[0][0]?.json ?? {});
	} catch (error) {
		return failed(explain(error as TestError, rules));
	}
}

async function sendTest(
	{ core, credentials, nodeTypes }: EngineParts,
	type: string,
	data: ICredentialDataDecryptedObject,
	{ request }: ICredentialTestRequest,
): Promise<INodeExecutionData[][]> {
	const { n8nCore, n8nWorkflow } = core;
	const noOp = nodeTypes.getByNameAndVersion(NO_OP_TYPE);
	const testNodeType: INodeType = {
		description: {
			...noOp.description,
			credentials: [{ name: type, required: true }],
			properties: [
				{ displayName: 'Temp', name: 'temp', type: 'string', default: '', routing: { request } },
			],
		},
	};
	const node: INode = {
		id: 'temp',
		name: 'Temp-Node',
		type: NO_OP_TYPE,
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
		credentials: { [type]: { id: type, name: type } },
	};
	const onlyTestNode: INodeTypes = {
		getByName: () => testNodeType,
		getByNameAndVersion: () => testNodeType,
		getKnownTypes: () => ({}),
	};
	const workflow = createWorkflow(core, { nodes: [node], connections: {} }, onlyTestNode);
	const context = new n8nCore.ExecuteContext(
		workflow,
		workflow.nodes[node.name],
		createAdditionalData(credentials.withValues(type, data)),
		'internal',
		n8nWorkflow.createEmptyRunExecutionData(),
		0,
		[],
		{ main: [[{ json: {} }]] },
		{ node, data: {}, source: null },
		[],
	);
	const decrypted = { id: type, name: type, type, data };
	const output = await new n8nCore.RoutingNode(context, testNodeType, decrypted).runNode();
	return output ?? [[]];
}

interface TestError {
	message: string;
	cause?: { code?: string; response?: { status: number; statusText?: string } };
}

/**
 * Returns n8n's message, in n8n's order: a rule for the status, the status text, the network error code, the error's
 * message.
 */
function explain({ message, cause }: TestError, rules: Rules): string {
	const response = cause?.response;
	if (!response) return cause?.code ?? message;
	for (const rule of rules) {
		if (rule.type === 'responseCode' && rule.properties.value === response.status) {
			return rule.properties.message;
		}
	}
	return response.statusText || `Received HTTP status code: ${response.status}`;
}

function applyBodyRules(rules: Rules, body: IDataObject): CredentialTestResult {
	for (const rule of rules) {
		if (
			rule.type === 'responseSuccessBody' &&
			valueAt(body, rule.properties.key) === rule.properties.value
		) {
			return failed(rule.properties.message);
		}
	}
	return { status: 'OK', message: 'Connection successful!' };
}

function valueAt(body: IDataObject, path: string): unknown {
	return path
		.split('.')
		.reduce<unknown>((value, key) => (value as IDataObject | undefined)?.[key], body);
}

function failed(message: string): CredentialTestResult {
	return { status: 'Error', message };
}
