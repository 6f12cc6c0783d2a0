import type { Connection } from '../connection';

/** The headers of a delivery, as n8n gives them: names in lower case. */
export type DeliveryHeaders = Record<string, string | string[] | undefined>;

/** What a webhook says about a video. A hint: the API has the last word. */
export interface Delivery {
	event: VideoEvent;
	videoId: string;
}

/** The events of every server, by the names that the trigger has for them. */
export const VIDEO_EVENTS = ['video.cancelled', 'video.completed', 'video.failed'] as const;
export type VideoEvent = (typeof VIDEO_EVENTS)[number];

/** How one kind of server calls a URL when a video has ended. */
export interface WebhookDialect {
	/** Which URLs the server calls. */
	readonly urlRules: UrlRules;
	/** Whether every delivery is signed, so that an unsigned one is refused before the server is asked for its secret. */
	readonly alwaysSigns: boolean;
	/**
	 * The secret that the server signs its deliveries with. Undefined where the user has entered none: such deliveries prove
	 * nothing, so that the API is asked about each.
	 * @throws FailureError if the server has one, and it cannot be read
	 */
	secret(server: Connection): Promise<string | undefined>;
	/** The signature of a delivery; undefined where it is unsigned, or older than the server's replay window. */
	readSignature(headers: DeliveryHeaders, nowMs: number): DeliverySignature | undefined;
	/** What a delivery says; undefined where it is not about the end of a video. */
	decode(body: unknown): Delivery | undefined;
}

/** Beside `https` and a host that the internet knows, which all servers require. */
export interface UrlRules {
	/** Absent: any. */
	readonly ports?: readonly number[];
	/** Whether an IP address is refused in the place of a host name. */
	readonly hostNameOnly?: boolean;
}

export interface DeliverySignature {
	/** @param rawBody the bytes as they came; parsed and printed again they would be others */
	isSignedWith(secret: string, rawBody: Buffer): boolean;
}

/** Older or newer deliveries are replays, or come from a machine with a wrong clock. Both known servers say five minutes. */
const TOLERANCE_SECONDS = 300;

/**
 * Whether a delivery was signed just now.
 * @param timestamp seconds since 1970, as text
 * @param nowMs milliseconds since 1970
 */
export function isFresh(timestamp: string, nowMs: number): boolean {
	if (!/^\d{1,12}$/.test(timestamp)) return false;
	return Math.abs(nowMs / 1000 - Number(timestamp)) <= TOLERANCE_SECONDS;
}
