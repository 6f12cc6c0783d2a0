import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { brotliCompressSync, createGzip, deflateSync, gzipSync } from 'node:zlib';
import type { FastifyReply } from 'fastify';
import type { ActiveFault } from './faultSchema.mts';

type BodyFault = Extract<ActiveFault, { do: 'drip' | 'hang' | 'compress' | 'swell' | 'truncate' }>;

/** For a response that never goes on. */
export const never = () => new Promise<never>(() => {});

/** Returns the body of a response as the fault sends it. Sets the matching headers. */
export function changeBody(reply: FastifyReply, body: Buffer, fault: BodyFault): Buffer | Readable {
	switch (fault.do) {
		case 'drip':
			reply.header('content-length', body.length);
			return Readable.from(drip(body, fault));
		case 'hang':
			reply.header('content-length', body.length);
			return Readable.from(
				stopAt(reply, fault.phase === 'body' ? body.subarray(0, body.length / 2) : undefined),
			);
		case 'truncate':
			reply.header('content-length', body.length);
			return Readable.from(breakOff(reply, body.subarray(0, body.length / 2)));
		case 'compress':
			return compress(reply, body, fault);
		case 'swell':
			return swell(reply, body, fault);
	}
}

/** Yields parts of the bytes, with a pause between them. */
export async function* drip(
	bytes: Buffer,
	{ everyMs, bytes: size }: Pick<Extract<BodyFault, { do: 'drip' }>, 'everyMs' | 'bytes'>,
): AsyncGenerator<Buffer> {
	for (let at = 0; at < bytes.length; at += size) {
		if (at > 0) await sleep(everyMs, undefined, { ref: false });
		yield bytes.subarray(at, at + size);
	}
}

/** Sends the headers, a part of the body if there is one, and then nothing. */
async function* stopAt(reply: FastifyReply, part: Buffer | undefined): AsyncGenerator<Buffer> {
	setImmediate(() => reply.raw.flushHeaders());
	if (part) yield part;
	await never();
}

/** Sends a part of the body, and closes the connection when it has left. */
async function* breakOff(reply: FastifyReply, part: Buffer): AsyncGenerator<Buffer> {
	yield part;
	await sleep(20, undefined, { ref: false });
	reply.raw.destroy();
	await never();
}

function compress(
	reply: FastifyReply,
	body: Buffer,
	{ encoding, broken }: Extract<BodyFault, { do: 'compress' }>,
): Buffer {
	const encoders = { gzip: gzipSync, deflate: deflateSync, br: brotliCompressSync };
	reply.header('content-encoding', encoding).removeHeader('content-length');
	if (broken === 'garbage') return Buffer.from('This was never compressed. '.repeat(50));
	const whole = encoders[encoding](body);
	return broken === 'cut' ? whole.subarray(0, whole.length / 2) : whole;
}

const CHUNK = 'x'.repeat(64 * 1024);

function swell(
	reply: FastifyReply,
	body: Buffer,
	{ bytes = 0, nesting = 0, compressed }: Extract<BodyFault, { do: 'swell' }>,
): Readable {
	reply.removeHeader('content-length');
	const json = Readable.from(swollen(body.toString(), bytes, nesting), { objectMode: false });
	if (!compressed) return json;
	reply.header('content-encoding', 'gzip');
	return json.pipe(createGzip());
}

function* swollen(json: string, bytes: number, nesting: number): Generator<string> {
	const isEmpty = json.trim() === '{}';
	yield `${json.trimEnd().slice(0, -1)}${isEmpty ? '' : ','}"nesting":`;
	yield `${'['.repeat(nesting)}${']'.repeat(nesting)}` || '0';
	yield ',"padding":"';
	for (let left = bytes; left > 0; left -= CHUNK.length) yield CHUNK.slice(0, left);
	yield '"}';
}
