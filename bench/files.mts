import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '..');

export function readJson<Value>(path: string): Value {
	return JSON.parse(readFileSync(path, 'utf8')) as Value;
}
