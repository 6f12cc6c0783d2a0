import type { ICredentialsHelper, IWorkflowExecuteAdditionalData } from 'n8n-workflow';
import type { EngineCredentials } from './credentials.mts';

const baseUrl = 'http://localhost:5678';

/**
 * Returns the data that n8n gives an execution in addition to its workflow. The URLs must be valid, because n8n-core
 * parses them for every node.
 */
export function createAdditionalData(
	credentials: EngineCredentials,
	own: Partial<IWorkflowExecuteAdditionalData> = {},
): IWorkflowExecuteAdditionalData {
	const additionalData: Partial<IWorkflowExecuteAdditionalData> = {
		credentialsHelper: credentials as unknown as ICredentialsHelper,
		currentNodeExecutionIndex: 0,
		variables: {},
		restApiUrl: `${baseUrl}/rest`,
		instanceBaseUrl: `${baseUrl}/`,
		webhookBaseUrl: `${baseUrl}/webhook`,
		webhookTestBaseUrl: `${baseUrl}/webhook-test`,
		webhookWaitingBaseUrl: `${baseUrl}/webhook-waiting`,
		formWaitingBaseUrl: `${baseUrl}/form-waiting`,
		setExecutionStatus: () => {},
		...own,
	};
	// The other fields are for sub-workflows, agents and code runners, which this engine does not have.
	return additionalData as IWorkflowExecuteAdditionalData;
}
