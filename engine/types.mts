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

/** The two n8n generations the package promises to work on. */
export type CoreName = 'n8n-1' | 'n8n-2';

/** A workflow as n8n's editor exports it. */
export interface WorkflowJson {
	id?: string;
	name?: string;
	nodes: INode[];
	connections: IConnections;
	settings?: IWorkflowSettings;
	/** What nodes keep between executions; `receive` reads and writes it as n8n's database does. */
	staticData?: IDataObject;
	pinData?: Record<string, PinnedItem[]>;
}

/** A file given by its bytes; the engine puts it into its binary store first. */
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
	/** Which n8n runs the workflow. Default `n8n-2`. */
	core?: CoreName;
	/** The package to load, already built. Default: this repository. */
	packageFolder?: string;
	/** Packages of n8n's own nodes to load besides, installed with their libraries and this core's n8n-workflow. */
	builtInFolders?: string[];
	/** Where files live: on disk, or as base64 inside the items. Default `filesystem`. */
	binaryMode?: 'filesystem' | 'default';
	/** The URL under which n8n believes to be reachable, as the environment variable `WEBHOOK_URL` sets it. */
	webhookUrl?: string;
	/** Decrypted values by credential type name. */
	credentials?: Record<string, IDataObject>;
	/** Receives what nodes write with `this.logger`. */
	onLog?: (entry: LogEntry) => void;
}

export interface RunOptions {
	/** Replaces the execution of nodes, as pinned data does in the editor; merged over the workflow's own. */
	pinData?: Record<string, PinnedItem[]>;
	executionId?: string;
	/** Cancels the execution after this time, as n8n's execution timeout does. */
	timeoutMs?: number;
	webhookWaitingBaseUrl?: string;
}

export interface RetryOptions extends Omit<RunOptions, 'pinData'> {
	/** "Retry with currently saved workflow": the failed node runs with this workflow's parameters. */
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
	/** The workflow that ran, as it was given. */
	readonly workflow: WorkflowJson;
	/** n8n's own record of the execution. */
	readonly data: IRunExecutionData;
	/** Items of the node's last run on one output; its error output comes after its regular ones. */
	output(nodeName: string, branch?: number): INodeExecutionData[];
	/** How many times the node ran; attempts of *Retry On Fail* count as one run. */
	runs(nodeName: string): number;
	/** Hints the node's last run added. */
	hints(nodeName: string): NodeExecutionHint[];
}

export interface RunningExecution {
	executionId: string;
	/** Settles when the node that was running has really ended, also after `cancel`. */
	result: Promise<RunResult>;
	/** n8n's Stop button. */
	cancel(): void;
}

/** A call from outside as it reaches n8n. */
export interface IncomingCall {
	/** Default `POST`. */
	method?: string;
	/** Path and query, or a whole address. */
	url: string;
	/** Names in lower case. */
	headers: Record<string, string>;
	body: string | Buffer;
}

export interface CallAnswer {
	status: number;
	body?: unknown;
	/** The execution that goes on, or begins, because of the call. */
	execution?: RunningExecution;
}

/** An active workflow whose trigger polls. */
export interface ActivePolling {
	/** One tick of the schedule; the execution that it starts, if it does. */
	poll(): Promise<RunningExecution | undefined>;
}

export interface CredentialTestResult {
	status: 'OK' | 'Error';
	message: string;
}

export interface Engine {
	readonly core: { name: CoreName; version: string };
	/** Runs a workflow to its end. Fails only on misuse: an execution that errs is a result. */
	run(workflow: WorkflowJson, options?: RunOptions): Promise<RunResult>;
	/** Starts a workflow without waiting for it. */
	start(workflow: WorkflowJson, options?: RunOptions): RunningExecution;
	/** n8n's "Retry" of an execution that did not succeed: a new execution on the old one's data. */
	retry(failed: RunResult, options?: RetryOptions): Promise<RunResult>;
	/** A call to the resume address of a parked execution: n8n's waiting webhooks. */
	deliver(parked: RunResult, call: IncomingCall): Promise<CallAnswer>;
	/** The time of a parked execution is up: n8n's wait tracker. */
	resumeByDeadline(parked: RunResult): Promise<RunResult>;
	/** A call to the address of a workflow's trigger: n8n's live webhooks, or with `manual` the editor's test webhooks. */
	receive(
		workflow: WorkflowJson,
		call: IncomingCall,
		mode?: 'webhook' | 'manual',
	): Promise<CallAnswer>;
	/**
	 * Activates a workflow with a polling trigger, or loads it again after a restart. Polls at once, as n8n does.
	 * @returns rejects if the trigger cannot be activated
	 */
	activate(workflow: WorkflowJson): Promise<ActivePolling & { first?: RunningExecution }>;
	/** Runs a node's list search the way the editor does when a resource locator is opened. */
	listSearch(
		nodeType: string,
		method: string,
		parameters: IDataObject,
		filter?: string,
	): Promise<INodeListSearchResult>;
	/** n8n's "Test" button of a credential; missing values get the fields' defaults. */
	testCredential(credentialType: string, values: IDataObject): Promise<CredentialTestResult>;
	readBinary(data: IBinaryData): Promise<Buffer>;
	/** The file behind a signed URL, as n8n serves it to anyone. Rejects for a token that n8n did not sign, or that has expired. */
	readSignedUrl(url: string): Promise<Buffer>;
	/** Where the file lies on disk; undefined when files are kept in the items. */
	binaryPath(data: IBinaryData): string | undefined;
	/** Removes everything the engine put on disk. */
	close(): Promise<void>;
}
