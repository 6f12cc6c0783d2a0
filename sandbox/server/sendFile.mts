import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ActiveFault } from '../faults/faultSchema.mts';
import type { VideoFile } from '../renderer/renderQueue.mts';

/** A finished file. `url` works without a key. */
interface FinishedFile extends VideoFile {
	url: string;
}

// Larger than Node's default, so that a benchmark of downloads measures the client.
const HIGH_WATER_MARK = 512 * 1024;

/** Streams a finished video, or plays the file fault for this request. */
export function sendFile(request: FastifyRequest, reply: FastifyReply, file: FinishedFile) {
	const faulty = request.fault && fileFaults[request.fault.do];
	if (faulty) return faulty(request, reply, file);
	return reply
		.type('video/mp4')
		.header('content-length', file.bytes)
		.send(createReadStream(file.path, { highWaterMark: HIGH_WATER_MARK }));
}

type Send = typeof sendFile;

const fileFaults: Partial<Record<ActiveFault['do'], Send>> = {
	// Announces the full length and sends half of it, like a connection that breaks.
	truncate: (request, reply, { path, bytes }) =>
		sendRaw(request, reply, bytes, createReadStream(path, { end: Math.floor(bytes / 2) - 1 })),
	'truncate-silently': (_request, reply, { path, bytes }) =>
		reply.type('video/mp4').send(createReadStream(path, { end: Math.floor(bytes * 0.6) })),
	overlong: (request, reply, { path, bytes }) =>
		sendRaw(request, reply, Math.floor(bytes / 2), createReadStream(path)),
	empty: (_request, reply) => reply.type('video/mp4').send(Buffer.alloc(0)),
	'not-a-video': (_request, reply) =>
		reply.type('video/mp4').send(Buffer.from('These bytes are no video. '.repeat(400))),
	html: (_request, reply) =>
		reply.type('text/html').send('<!doctype html><title>Sign in</title><h1>Sign in</h1>'),
	'json-link': (_request, reply, { url }) => reply.send({ url }),
};

/** Sends bytes with a wrong length header, and closes the connection. */
function sendRaw(request: FastifyRequest, reply: FastifyReply, announced: number, bytes: Readable) {
	request.entry.status = 200;
	reply.hijack();
	const { socket } = reply.raw;
	const head = `HTTP/1.1 200 OK\r\ncontent-type: video/mp4\r\ncontent-length: ${announced}\r\n`;
	socket?.write(`${head}connection: close\r\n\r\n`);
	bytes.on('end', () => socket?.destroySoon());
	if (socket) bytes.pipe(socket, { end: false });
	return reply;
}
