import type { ICredentialsHelper, IWorkflowExecuteAdditionalData } from 'n8n-workflow';
import type { EngineCredentials } from './credentials.mts';

const BASE_URL = 'http://localhost:5678';

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
		restApiUrl: `${BASE_URL}/rest`,
		instanceBaseUrl: `${BASE_URL}/`,
		webhookBaseUrl: `${BASE_URL}/webhook`,
		webhookTestBaseUrl: `${BASE_URL}/webhook-test`,
		webhookWaitingBaseUrl: `${BASE_URL}/webhook-waiting`,
		formWaitingBaseUrl: `${BASE_URL}/form-waiting`,
		setExecutionStatus: () => {},
		...own,
	};
	// The other fields are for sub-workflows, agents and code runners, which this engine does not have.
	return additionalData as IWorkflowExecuteAdditionalData;
}
