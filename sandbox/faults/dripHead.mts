import { STATUS_CODES } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { drip } from './changeBody.mts';
import type { ActiveFault } from './faultSchema.mts';

/** Writes the whole response to the socket directly, because no HTTP library sends half of the headers. */
export async function dripHead(
	request: FastifyRequest,
	reply: FastifyReply,
	body: Buffer,
	fault: Extract<ActiveFault, { do: 'drip' }>,
) {
	const { socket } = request.raw;
	const headers = { ...reply.getHeaders(), 'content-length': body.length, connection: 'close' };
	const head = [
		`HTTP/1.1 ${reply.statusCode} ${STATUS_CODES[reply.statusCode] ?? ''}`,
		...Object.entries(headers).map(([name, value]) => `${name}: ${String(value)}`),
	].join('\r\n');
	for await (const part of drip(Buffer.from(`${head}\r\n\r\n`, 'latin1'), fault)) {
		if (socket.destroyed) return;
		socket.write(part);
	}
	socket.end(body);
}
