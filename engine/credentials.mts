import type {
	ICredentialDataDecryptedObject,
	ICredentialsHelper,
	ICredentialType,
	IDataObject,
	IHttpRequestOptions,
	INode,
	INodeCredentialsDetails,
	INodeParameters,
	INodeProperties,
	IRequestOptionsSimplified,
	IWorkflowExecuteAdditionalData,
	Workflow,
} from 'n8n-workflow';
import type { Core } from './core.mts';
import type { InstalledPackage } from './installedPackage.mts';

type Helper = Omit<
	ICredentialsHelper,
	'getCredentials' | 'updateCredentials' | 'updateCredentialsOauthTokenData'
>;

/** n8n's CredentialsHelper for plain values: uses the packages' own credential classes, without a database. */
export class EngineCredentials implements Helper {
	constructor(
		private readonly core: Core,
		private readonly packages: InstalledPackage[],
		private readonly values: Record<string, IDataObject>,
	) {}

	/** Returns the packages' credential class of that name. */
	typeOf(name: string): ICredentialType {
		const owner = this.packages.find(({ loader }) => name in loader.known.credentials);
		return (owner ?? this.packages[0]).loader.getCredential(name).type;
	}

	/** Returns the values as n8n gives them to a node: missing fields have their defaults. */
	withDefaults(type: string, values: IDataObject): ICredentialDataDecryptedObject {
		const { getNodeParameters } = this.core.n8nWorkflow.NodeHelpers;
		const properties = this.getCredentialsProperties(type);
		return getNodeParameters(
			properties,
			values as INodeParameters,
			true,
			false,
			null,
			null,
		) as ICredentialDataDecryptedObject;
	}

	/** Returns the same credential classes with other values. */
	withValues(type: string, values: IDataObject): EngineCredentials {
		return new EngineCredentials(this.core, this.packages, { [type]: values });
	}

	/** Returns the `credentials` block of a node, with every credential that this engine has values for. */
	references(): Record<string, INodeCredentialsDetails> {
		return Object.fromEntries(
			Object.keys(this.values).map((type) => [type, { id: type, name: type }]),
		);
	}

	async getDecrypted(
		_additionalData: IWorkflowExecuteAdditionalData,
		{ id }: INodeCredentialsDetails,
		type: string,
	): Promise<ICredentialDataDecryptedObject> {
		const values = this.values[type];
		if (!values) {
			throw new this.core.n8nWorkflow.UserError(
				`Credential with ID "${id}" does not exist for type "${type}".`,
			);
		}
		return this.withDefaults(type, values);
	}

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		requestOptions: IHttpRequestOptions | IRequestOptionsSimplified,
		workflow: Workflow,
		node: INode,
	): Promise<IHttpRequestOptions> {
		const options = requestOptions as IHttpRequestOptions;
		const { authenticate } = this.typeOf(typeName);
		if (!authenticate) return options;
		if (typeof authenticate === 'function') return await authenticate(credentials, options);

		const resolve = (text: string) => {
			if (!this.core.n8nWorkflow.isExpression(text)) return text;
			const keys = { $credentials: credentials };
			const value = workflow.expression.getSimpleParameterValue(
				node,
				text,
				'internal',
				keys,
				undefined,
				'',
			);
			return value ? String(value) : '';
		};
		const target = options as unknown as Record<string, IDataObject | undefined>;
		target.headers ??= {};
		for (const [part, fields] of Object.entries(authenticate.properties)) {
			target[part] ??= {};
			for (const [key, value] of Object.entries(fields as Record<string, string>)) {
				target[part][resolve(key)] = resolve(value);
			}
		}
		return options;
	}

	getCredentialsProperties(type: string): INodeProperties[] {
		return this.typeOf(type).properties;
	}

	getParentTypes(type: string): string[] {
		return this.typeOf(type).extends ?? [];
	}

	isCredentialUsableByNode() {
		return true;
	}

	async preAuthentication() {
		return undefined;
	}

	async runPreAuthentication() {
		return undefined;
	}
}
