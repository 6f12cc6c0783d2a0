import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	IDataObject,
} from 'n8n-workflow';
import { requestErrors } from './requestErrors';
import type { HttpHost } from './httpTypes';
import { createRedactor, type Redact } from './secrets';

/** What the credential says of its server. */
export interface ServerChoice {
	server: 'lumenfall' | 'openAiCompatible';
	/** Absent in credentials that are older than the field. */
	requestFields?: 'auto' | 'openAi' | 'openRouter';
	baseUrl: string;
}

/** The credential as the node works with it: key and server belong together, and are read together for each request. */
export interface Credential extends ServerChoice {
	/** Everything in front of `/videos`, without a slash at the end. */
	baseUrl: string;
	/** The user accepts certificates that nobody vouches for. */
	ignoreSslIssues: boolean;
	/** As n8n's request helper takes it, with the key as it goes on the wire. */
	decrypted: ICredentialsDecrypted<ICredentialDataDecryptedObject>;
	/** Takes the key out of a text. */
	redact: Redact;
}

type Fields = ServerChoice & { apiKey: string; ignoreSslIssues?: boolean } & IDataObject;

/**
 * Reads the credential.
 * @throws FailureError that names the field, where the base URL or the key cannot be used
 */
export async function readCredential(host: HttpHost): Promise<Credential> {
	const fields = await host.getCredentials<Fields>('lumenfallApi');
	const apiKey = plainKey(fields.apiKey);
	const baseUrl = plainBaseUrl(fields.baseUrl);
	return {
		server: fields.server,
		requestFields: fields.requestFields,
		baseUrl,
		ignoreSslIssues: fields.ignoreSslIssues === true,
		decrypted: {
			id: '',
			name: 'lumenfallApi',
			type: 'lumenfallApi',
			data: { ...fields, apiKey, baseUrl } as ICredentialDataDecryptedObject,
		},
		redact: createRedactor([apiKey, String(fields.apiKey)]),
	};
}

/** Keys are pasted with blanks and line breaks around them, and with the word that goes in front of them. */
function plainKey(typed: unknown): string {
	const key = String(typed ?? '')
		.trim()
		.replace(/^bearer\s+/i, '');
	// What no header can carry would fail before it is sent, with words that say nothing of the field.
	if (/[^\x21-\x7e]/.test(key)) throw requestErrors.badApiKey();
	return key;
}

/**
 * The base URL without what has one meaning only: blanks, slashes and `/videos` at its end.
 * @throws FailureError for anything that cannot stand in front of `/videos`; a secret in it is not repeated
 */
function plainBaseUrl(typed: unknown): string {
	const text = String(typed ?? '').trim();
	if (!/^https?:\/\/[^\s/]+/i.test(text) || !URL.canParse(text)) throw requestErrors.badBaseUrl();
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
	return `${origin}${pathname
		.replace(/\/+$/, '')
		.replace(/\/videos$/i, '')
		.replace(/\/+$/, '')}`;
}
