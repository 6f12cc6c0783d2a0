import { createReadStream } from 'node:fs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { VideoFile } from '../renderer/renderQueue.mts';

// Bigger than Node's own, so that a benchmark of downloads measures the client.
const chunkBytes = 512 * 1024;

/** Streams a finished video, or plays the file fault that hit this request. */
export function sendFile(request: FastifyRequest, reply: FastifyReply, file: VideoFile) {
	if (request.fault?.do === 'html') {
		return reply.type('text/html').send('<!doctype html><title>Sign in</title><h1>Sign in</h1>');
	}
	if (request.fault?.do === 'truncate') return sendHalf(request, reply, file);
	return reply
		.type('video/mp4')
		.header('content-length', file.bytes)
		.send(createReadStream(file.path, { highWaterMark: chunkBytes }));
}

// The full length is announced and half of it sent, as when a connection breaks on the way.
function sendHalf(request: FastifyRequest, reply: FastifyReply, file: VideoFile) {
	request.entry.status = 200;
	reply.hijack();
	reply.raw.writeHead(200, { 'content-type': 'video/mp4', 'content-length': file.bytes });
	createReadStream(file.path, { end: Math.floor(file.bytes / 2) - 1 })
		.on('end', () => reply.raw.socket?.destroySoon())
		.pipe(reply.raw, { end: false });
	return reply;
}
