import type { Connection } from '../connection';

/** The headers of a delivery as n8n passes them, with names in lower case. */
type DeliveryHeaders = Record<string, string | string[] | undefined>;

/** The content of a webhook delivery about a video. It is only a hint: the API decides. */
export interface Delivery {
	event: VideoEvent;
	videoId: string;
}

/** The events of all servers, by the names in the trigger. */
export const VIDEO_EVENTS = ['video.cancelled', 'video.completed', 'video.failed'] as const;
export type VideoEvent = (typeof VIDEO_EVENTS)[number];

/** How one kind of server calls a URL when a video ends. */
export interface WebhookDialect {
	/** The URLs that the server can call. */
	readonly urlRules: UrlRules;
	/**
	 * Whether every delivery is signed. If so, an unsigned one is refused before the secret is requested from the server.
	 */
	readonly alwaysSigns: boolean;
	/**
	 * Returns the secret that the server signs its deliveries with. Undefined if the user must enter it, and did not.
	 * @throws FailureError if the server has a secret that cannot be read
	 */
	secret(server: Connection): Promise<string | undefined>;
	/** Reads the signature of a delivery. Undefined if it is missing or too old. */
	readSignature(headers: DeliveryHeaders, nowMs: number): DeliverySignature | undefined;
	/** Reads the body of a delivery. Undefined if it is not about the end of a video. */
	decode(body: unknown): Delivery | undefined;
}

/** Rules in addition to `https` and a public host, which all servers require. */
export interface UrlRules {
	/** Any port if absent. */
	readonly ports?: readonly number[];
	/** Whether the host must be a name, not an IP address. */
	readonly hostNameOnly?: boolean;
}

interface DeliverySignature {
	/** @param rawBody the bytes as received; parsing and serializing them would change them */
	isSignedWith(secret: string, rawBody: Buffer): boolean;
}

/** Older or newer deliveries are replays, or come from a computer with a wrong clock. Both servers use five minutes. */
const TOLERANCE_SECONDS = 300;

/**
 * Reports whether a delivery was signed at most five minutes ago.
 * @param timestamp seconds since 1970, as text
 * @param nowMs milliseconds since 1970
 */
export function isFresh(timestamp: string, nowMs: number): boolean {
	if (!/^\d{1,12}$/.test(timestamp)) return false;
	return Math.abs(nowMs / 1000 - Number(timestamp)) <= TOLERANCE_SECONDS;
}
