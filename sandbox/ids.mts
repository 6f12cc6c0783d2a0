import { randomBytes } from 'node:crypto';

/** Returns a random part of an id or of a file name: two characters per byte. */
export function randomHex(bytes: number): string {
	return randomBytes(bytes).toString('hex');
}
