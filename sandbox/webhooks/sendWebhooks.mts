import { randomBytes } from 'node:crypto';
import type { Clock } from '../clock.mts';
import type { ActiveFault } from '../faults/faultSchema.mts';
import type { Faults } from '../faults/plannedFaults.mts';
import { createConnections } from './connections.mts';
import type { Sign } from './signatures.mts';

export const deliveryTypes = ['video.completed', 'video.failed', 'video.cancelled'] as const;
export type DeliveryType = (typeof deliveryTypes)[number];

/** One attempt to deliver. `at` in sandbox milliseconds, `status` null without a response. */
export interface DeliveryRecord {
	at: number;
	url: string;
	type: string;
	attempt: number;
	status: number | null;
	failure?: string;
	headers: Record<string, string>;
	body: string;
}

interface Event {
	type: string;
	data: unknown;
}

export interface WebhookSender {
	/** The secret of the account. */
	secret: string;
	/** Signs and sends the event. Retries until the status of the response is 2xx. */
	send(url: string, event: Event, sign: Sign): void;
	deliveries(): DeliveryRecord[];
	clear(): void;
	close(): void;
}

// docs.lumenfall.ai/webhooks: up to three retries, 30 s for a response.
const retryDelaysMs = [5_000, 15_000, 45_000];
const RESPONSE_TIMEOUT_MS = 30_000;

// Age of a delivery with the fault `stale`. Receivers refuse more than five minutes.
const STALE_BY_MS = 10 * 60_000;

interface SenderOptions {
	/** Whether the account has a secret. */
	isSigned: boolean;
	/** Deliveries at the same time. */
	connections: number;
}

/** Creates the sender of webhooks, with a new secret. */
export function createWebhookSender(
	clock: Clock,
	faults: Faults,
	{ isSigned, connections }: SenderOptions,
): WebhookSender {
	const onConnection = createConnections(connections);
	const secret = newSecret();
	const forgedSecret = newSecret();
	const deliveries: DeliveryRecord[] = [];
	const closing = new AbortController();

	function send(url: string, event: Event, sign: Sign) {
		const fault = faults.take('delivery');
		if (fault?.do === 'lost') return;
		if (fault?.do === 'late') clock.after(fault.seconds * 1000, () => void deliver(1));
		else void deliver(1);
		if (fault?.do === 'double') void deliver(1);

		async function deliver(attempt: number) {
			const body = JSON.stringify(event);
			const { headers, ...result } = await onConnection(async () => {
				// Receivers compare this with their own clock, so it is the real time at any sandbox speed.
				const signedAt = new Date(Date.now() - (fault?.do === 'stale' ? STALE_BY_MS : 0));
				const headers = {
					'content-type': 'application/json',
					...sign(body, signedAt, secretFor(fault)),
				};
				return { headers, ...(await post(url, headers, body)) };
			});
			if (closing.signal.aborted) return;
			deliveries.push({
				at: clock.now(),
				url,
				type: event.type,
				attempt,
				headers,
				body,
				...result,
			});

			const delivered = result.status !== null && result.status >= 200 && result.status < 300;
			const delayMs = retryDelaysMs[attempt - 1];
			if (!delivered && delayMs !== undefined)
				clock.after(delayMs, () => void deliver(attempt + 1));
		}
	}

	function secretFor(fault: ActiveFault | undefined): string | undefined {
		if (!isSigned || fault?.do === 'unsigned') return undefined;
		return fault?.do === 'forged' ? forgedSecret : secret;
	}

	async function post(url: string, headers: Record<string, string>, body: string) {
		try {
			const signal = AbortSignal.any([closing.signal, AbortSignal.timeout(RESPONSE_TIMEOUT_MS)]);
			const response = await fetch(url, {
				method: 'POST',
				headers,
				body,
				redirect: 'manual',
				signal,
			});
			await response.arrayBuffer();
			return { status: response.status };
		} catch (error) {
			return { status: null, failure: String((error as Error).cause ?? error) };
		}
	}

	return {
		secret,
		send,
		deliveries: () => deliveries,
		clear: () => void deliveries.splice(0),
		close: () => closing.abort(),
	};
}

function newSecret(): string {
	return `whsec_${randomBytes(24).toString('base64')}`;
}
