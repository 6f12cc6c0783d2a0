import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	IDataObject,
} from 'n8n-workflow';
import type { FailureError } from '../errors/failure';
import { toFailureError } from '../errors/nodeError';
import { requestErrors } from './requestErrors';
import type { HttpHost } from './httpHost';
import type { OTHER_FIELDS } from './dialects/openAiCompatible/serverFields';
import { createRedactor, type Redact } from './secrets';
import { AFTER_KEY, AROUND_URL, BEFORE_HOST, BEFORE_KEY, ENDPOINT } from './typedCredential';

/** The type of the credential in n8n. */
const CREDENTIAL = 'lumenfallApi';

/** The credential fields that select the server. */
export interface ServerChoice {
	server: 'lumenfall' | 'openAiCompatible';
	/** Absent in credentials that were saved before this field existed. */
	requestFields?: 'auto' | 'openAi' | 'openRouter' | keyof typeof OTHER_FIELDS;
	baseUrl: string;
}

/**
 * The credential in the form the node uses. Key and server belong together, so both are read together for each request.
 */
export interface Credential extends ServerChoice {
	/** The part of each URL before `/videos`, without a trailing slash. */
	baseUrl: string;
	/** The key exactly as it is sent. */
	apiKey: string;
	/** The user accepts certificates that are not trusted. */
	ignoreSslIssues: boolean;
	/** The form that n8n's request helper expects. */
	decrypted: ICredentialsDecrypted<ICredentialDataDecryptedObject>;
	/** The secret that the server signs its webhooks with, if no API returns it. */
	webhookSecret?: string;
	/** Hides the key and the secret in a text. */
	redact: Redact;
	/** The fields as the user entered them, as JSON. */
	typed: string;
}

type Fields = ServerChoice & {
	apiKey: string;
	ignoreSslIssues?: boolean;
	webhookSecret?: string;
} & IDataObject;

/**
 * Reads the credential.
 * @param last the credential as it was read before. It is returned again if the user has changed no field since
 * @throws FailureError naming the field, if the base URL or the key is invalid; `network` if n8n cannot read it now
 */
export async function readCredential(host: HttpHost, last?: Credential): Promise<Credential> {
	const fields = await host.getCredentials<Fields>(CREDENTIAL).catch((error: unknown) => {
		throw notRead(error);
	});
	const typed = JSON.stringify(fields);
	return last?.typed === typed ? last : toCredential(fields, typed);
}

function toCredential(fields: Fields, typed: string): Credential {
	const apiKey = plainKey(fields.apiKey);
	const baseUrl = plainBaseUrl(fields.baseUrl);
	const webhookSecret = String(fields.webhookSecret ?? '').trim();
	return {
		server: fields.server,
		requestFields: fields.requestFields,
		baseUrl,
		apiKey,
		ignoreSslIssues: fields.ignoreSslIssues === true,
		decrypted: {
			id: '',
			name: CREDENTIAL,
			type: CREDENTIAL,
			data: { ...fields, apiKey, baseUrl } as ICredentialDataDecryptedObject,
		},
		...(webhookSecret && { webhookSecret }),
		redact: createRedactor([apiKey, String(fields.apiKey), webhookSecret]),
		typed,
	};
}

/** n8n reads the credential from its database for each request, and its values may be in an external vault. */
function notRead(error: unknown): FailureError {
	const known = toFailureError(error);
	const { kind, cause = '' } = known.failure;
	return kind === 'invalidInput' ? known : requestErrors.credentialNotRead({ cause });
}

function plainKey(typed: unknown): string {
	const key = String(typed ?? '')
		.replace(BEFORE_KEY, '')
		.replace(AFTER_KEY, '');
	// A character that a header cannot carry would fail later, with an error that does not name the field. So it is
	// checked here.
	if (/[^\x21-\x7e]/.test(key)) throw requestErrors.badApiKey();
	return key;
}

/**
 * Returns the base URL without a slash or an endpoint such as `/videos` at its end.
 * @throws FailureError for anything that cannot be a base URL; the message does not repeat a secret in it
 */
function plainBaseUrl(typed: unknown): string {
	const text = String(typed ?? '')
		.replace(AROUND_URL, '')
		.replace(BEFORE_HOST, 'https://');
	const isOne = /^https?:\/\/[^\s/]+/i.test(text) && !/\s|.:\/\/.*:\/\//.test(text);
	if (!isOne || !URL.canParse(text)) throw requestErrors.badBaseUrl();
	const { username, password, search, hash, origin, pathname } = new URL(text);
	const extra =
		username || password
			? 'a user name or password'
			: search
				? 'a query'
				: hash
					? 'a fragment'
					: '';
	if (extra) throw requestErrors.baseUrlWith(extra);
	return `${origin}${pathname.replace(/\/+$/, '').replace(ENDPOINT, '')}`;
}
