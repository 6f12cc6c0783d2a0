import Fastify from 'fastify';
import type { Clock } from '../clock.mts';
import { randomHex } from '../ids.mts';
import { playFaults } from '../faults/playFaults.mts';
import type { Faults } from '../faults/plannedFaults.mts';
import type { Journal } from './journal.mts';
import type { VideoFile } from '../renderer/renderQueue.mts';
import { sendFile } from './sendFile.mts';

/** A file with a link that requires no key and expires at `expiresAt` (sandbox milliseconds). */
interface PublishedFile extends VideoFile {
	url: string;
	expiresAt: number;
}

/** The second origin. Finished files are on another host than the API, as with a CDN. */
export interface Media {
	url: string;
	/** @param expiresAt in sandbox milliseconds */
	publish(file: VideoFile, expiresAt: number): PublishedFile;
	clear(): void;
	close(): Promise<void>;
}

// The docs do not show the response for an expired link. This is the response of object stores.
const GONE_XML =
	'<?xml version="1.0" encoding="UTF-8"?><Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message></Error>';
const REDIRECT_LIFETIME_SECONDS = 3600;

/** Starts the second origin on this port; 0 uses any free port. */
export async function createMedia(
	port: number,
	{ clock, faults, journal }: { clock: Clock; faults: Faults; journal: Journal },
): Promise<Media> {
	const files = new Map<string, PublishedFile>();
	const server = Fastify({ forceCloseConnections: true });
	journal.follow(server, 'media');
	playFaults(server, faults, {
		errorBody: (status) => `<h1>${status}</h1>`,
		placeholders: () => ({ key: '' }),
	});

	server.get<{ Params: { name: string } }>(
		'/files/:name',
		{ config: { kind: 'media' } },
		async (request, reply) => {
			const file = files.get(request.params.name);
			if (!file || file.expiresAt <= clock.now() || request.fault?.do === 'expired') {
				return await reply.code(404).type('application/xml').send(GONE_XML);
			}
			if (request.fault?.do === 'redirect') {
				const expiresAt = clock.now() + REDIRECT_LIFETIME_SECONDS * 1000;
				return await reply.redirect(publish(file, expiresAt).url, 302);
			}
			return await sendFile(request, reply, file);
		},
	);

	const url = await server.listen({ port, host: '127.0.0.1' });

	function publish({ path, bytes }: VideoFile, expiresAt: number): PublishedFile {
		const name = `${randomHex(12)}.mp4`;
		const file = { path, bytes, url: `${url}/files/${name}`, expiresAt };
		files.set(name, file);
		return file;
	}

	return { url, publish, clear: () => files.clear(), close: () => server.close() };
}
