import type {
	IBinaryData,
	IConnections,
	IDataObject,
	INode,
	INodeExecutionData,
	INodeListSearchResult,
	IRunExecutionData,
	IWorkflowSettings,
	NodeExecutionHint,
} from 'n8n-workflow';

/** The two n8n generations that the package supports. */
export type CoreName = 'n8n-1' | 'n8n-2';

/** A workflow in the export format of n8n's editor. */
export interface WorkflowJson {
	id?: string;
	name?: string;
	nodes: INode[];
	connections: IConnections;
	settings?: IWorkflowSettings;
	/** Data that nodes keep between executions. `receive` reads and writes it as n8n's database does. */
	staticData?: IDataObject;
	pinData?: Record<string, PinnedItem[]>;
}

/** A file given as bytes. The engine stores it in its binary store first. */
export interface FileBytes {
	data: Buffer;
	mimeType: string;
	fileName?: string;
}

export interface PinnedItem extends Omit<INodeExecutionData, 'json' | 'binary'> {
	json?: IDataObject;
	binary?: Record<string, IBinaryData | FileBytes>;
}

export interface LogEntry {
	level: 'error' | 'warn' | 'info' | 'debug';
	message: string;
	metadata?: unknown;
}

export interface EngineOptions {
	/** The version of n8n. Default `n8n-2`. */
	core?: CoreName;
	/** Folder of the built package. Default: this repository. */
	packageFolder?: string;
	/** Folders of more packages with n8n's own nodes, installed with their libraries and this core's n8n-workflow. */
	builtInFolders?: string[];
	/** Where files are stored: on disk, or as base64 in the items. Default `filesystem`. */
	binaryMode?: 'filesystem' | 'default';
	/** The public URL of n8n, as the environment variable `WEBHOOK_URL` sets it. */
	webhookUrl?: string;
	/** Decrypted values by credential type. */
	credentials?: Record<string, IDataObject>;
	/** Receives the log entries of `this.logger`. */
	onLog?: (entry: LogEntry) => void;
}

export interface RunOptions {
	/**
	 * Output of nodes that are not executed, as pinned data in the editor. Merged with the workflow's own pinned data.
	 */
	pinData?: Record<string, PinnedItem[]>;
	executionId?: string;
	/** Cancels the execution after this time, as n8n's execution timeout does. Milliseconds. */
	timeoutMs?: number;
	webhookWaitingBaseUrl?: string;
}

interface RetryOptions extends Omit<RunOptions, 'pinData'> {
	/** Like "Retry with currently saved workflow": the failed node runs with the parameters of this workflow. */
	workflow?: WorkflowJson;
}

export interface RunError {
	name: string;
	message: string;
	description?: string;
	node?: string;
	itemIndex?: number;
	httpCode?: string;
}

export interface RunResult {
	readonly executionId: string;
	readonly status: 'success' | 'error' | 'canceled' | 'waiting';
	readonly error?: RunError;
	/** The executed workflow. */
	readonly workflow: WorkflowJson;
	/** n8n's own record of the execution. */
	readonly data: IRunExecutionData;
	/** Returns the items of the node's last run on one output. The error output comes after the regular ones. */
	output(nodeName: string, branch?: number): INodeExecutionData[];
	/** Returns how many times the node ran. All attempts of *Retry On Fail* count as one run. */
	runs(nodeName: string): number;
	/** Returns the hints of the node's last run. */
	hints(nodeName: string): NodeExecutionHint[];
}

export interface RunningExecution {
	executionId: string;
	/** Settles when the running node has really ended, also after `cancel`. */
	result: Promise<RunResult>;
	/** Cancels the execution, as n8n's Stop button does. */
	cancel(): void;
}

/** An HTTP call to n8n. */
export interface IncomingCall {
	/** Default `POST`. */
	method?: string;
	/** Path and query, or a complete URL. */
	url: string;
	/** Names in lower case. */
	headers: Record<string, string>;
	body: string | Buffer;
}

export interface CallResponse {
	status: number;
	body?: unknown;
	/** The execution that the call resumed or started. */
	execution?: RunningExecution;
}

/** An active workflow with a polling trigger. */
export interface ActivePolling {
	/** Polls once. Returns the execution that the poll starts, if any. */
	poll(): Promise<RunningExecution | undefined>;
}

export interface CredentialTestResult {
	status: 'OK' | 'Error';
	message: string;
}

export interface Engine {
	readonly core: { name: CoreName; version: string };
	/** Runs a workflow to its end. Rejects only on misuse: an execution with an error is a result. */
	run(workflow: WorkflowJson, options?: RunOptions): Promise<RunResult>;
	/** Starts a workflow without waiting for it. */
	start(workflow: WorkflowJson, options?: RunOptions): RunningExecution;
	/** Retries an execution that did not succeed, as n8n's "Retry" does: a new execution with the old one's data. */
	retry(failed: RunResult, options?: RetryOptions): Promise<RunResult>;
	/** Sends a call to the resume URL of a suspended execution, as to n8n's waiting webhooks. */
	deliver(suspended: RunResult, call: IncomingCall): Promise<CallResponse>;
	/** Resumes a suspended execution at its deadline, as n8n's wait tracker does. */
	resumeByDeadline(suspended: RunResult): Promise<RunResult>;
	/**
	 * Sends a call to the URL of a workflow's trigger, as to n8n's live webhooks, or with `manual` to the editor's test
	 * webhooks.
	 */
	receive(
		workflow: WorkflowJson,
		call: IncomingCall,
		mode?: 'webhook' | 'manual',
	): Promise<CallResponse>;
	/**
	 * Activates a workflow with a polling trigger, or loads it again after a restart. Polls at once, as n8n does.
	 * Rejects if the trigger cannot be activated.
	 */
	activate(workflow: WorkflowJson): Promise<ActivePolling & { first?: RunningExecution }>;
	/** Runs a list search of a node, as the editor does when a resource locator is opened. */
	listSearch(
		nodeType: string,
		method: string,
		parameters: IDataObject,
		filter?: string,
	): Promise<INodeListSearchResult>;
	/** Tests a credential as n8n's "Test" button does. Missing fields have their defaults. */
	testCredential(credentialType: string, values: IDataObject): Promise<CredentialTestResult>;
	readBinary(data: IBinaryData): Promise<Buffer>;
	/**
	 * Reads the file of a signed URL, as anyone can from n8n. Rejects if n8n did not sign the token, or if it has
	 * expired.
	 */
	readSignedUrl(url: string): Promise<Buffer>;
	/** Path of the file on disk. Undefined if files are stored in the items. */
	binaryPath(data: IBinaryData): string | undefined;
	/** Removes everything that the engine has stored on disk. */
	close(): Promise<void>;
}
