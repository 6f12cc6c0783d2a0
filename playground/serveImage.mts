import { createServer } from 'node:http';
import { drawPaperBoat } from '../demo/image.mts';

/** Serves the image of the examples and returns its URL. */
export async function serveImage(port: number): Promise<string> {
	const image = drawPaperBoat();
	const server = createServer((_, answer) =>
		answer.setHeader('content-type', 'image/png').end(image),
	);
	await new Promise<void>((listening) => server.listen(port, '127.0.0.1', listening));
	return `http://127.0.0.1:${port}/image.png`;
}
