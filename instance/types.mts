import type { AxiosInstance } from 'axios';
import type { IConnections, IDataObject, INode, IPinData, IRunExecutionData } from 'n8n-workflow';

export interface WorkflowJson {
	name: string;
	nodes: Array<Omit<INode, 'id'> & { id?: string }>;
	connections: IConnections;
	settings?: IDataObject;
	pinData?: IPinData;
}

export interface CredentialJson {
	id: string;
	name: string;
	type: string;
}

export interface Execution {
	id: string;
	status: 'new' | 'running' | 'waiting' | 'success' | 'error' | 'canceled' | 'crashed';
	mode: string;
	retryOf?: string | null;
	waitTill?: string | null;
	data: IRunExecutionData;
}

/** The actions of the editor, over the same HTTP API, as the owner of the instance. */
export interface N8nApi {
	/** For requests that need the login and have no method here. */
	http: AxiosInstance;
	/** Lets another process of this computer use the login. */
	cookie: string;
	addCredential(name: string, type: string, data: IDataObject): Promise<CredentialJson>;
	/** Adds the credential, or updates the existing one with this name. */
	setCredential(name: string, type: string, data: IDataObject): Promise<CredentialJson>;
	/** Returns what the editor shows after a test of the saved credential with these values. */
	testCredential(
		credential: CredentialJson,
		data: IDataObject,
	): Promise<{ status: string; message: string }>;
	/** Returns the list of a resource locator. */
	searchList(
		node: Pick<INode, 'type' | 'typeVersion' | 'credentials'>,
		parameter: string,
		method: string,
		filter?: string,
	): Promise<Array<{ name: string; value: string }>>;
	/** Returns the workflows that are not archived. */
	workflows(): Promise<Array<{ id: string; name: string }>>;
	addWorkflow(workflow: WorkflowJson): Promise<string>;
	/** Activates a workflow, so that its production URLs respond. */
	activate(workflowId: string): Promise<void>;
	/** Executes a workflow manually, from the trigger with this name. */
	run(workflowId: string, trigger: string): Promise<string>;
	/** Executes a workflow manually, so that the trigger waits for a call to its test URL. */
	listen(workflowId: string, trigger: string): Promise<void>;
	stop(executionId: string): Promise<void>;
	/** Retries with the workflow of the first execution. Resolves with the new execution when it has ended. */
	retry(executionId: string): Promise<Execution>;
	execution(executionId: string): Promise<Execution>;
	/** Returns the executions of a workflow, newest first, without their data. */
	executions(
		workflowId: string,
		status?: Execution['status'],
	): Promise<Array<Omit<Execution, 'data'>>>;
	/** Resolves with the execution when it has this status. Rejects after two minutes, or the given seconds. */
	reached(executionId: string, status: Execution['status'], seconds?: number): Promise<Execution>;
	/** Resolves with the execution when it has ended. Rejects after two minutes, or the given seconds. */
	ended(executionId: string, seconds?: number): Promise<Execution>;
	/** Downloads a file from n8n's binary store. */
	download(binaryDataId: string): Promise<Buffer>;
}
