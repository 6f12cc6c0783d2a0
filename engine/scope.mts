import { AsyncLocalStorage } from 'node:async_hooks';
import type { BinaryDataConfig, BinaryDataService } from '../.cache/n8n-2/node_modules/n8n-core';
import type { LogEntry } from './types.mts';

/** State that n8n-core has once per process and this engine needs once per engine. */
export interface EngineScope {
	onLog: (entry: LogEntry) => void;
	binaryConfig: BinaryDataConfig;
	binaryStore: BinaryDataService;
}

const current = new AsyncLocalStorage<EngineScope>();

/** Runs n8n code for one engine, so that it uses the logger and binary store of that engine. */
export function inScope<Result>(scope: EngineScope, action: () => Result): Result {
	return current.run(scope, action);
}

/** A replacement for a process-wide singleton. Forwards to the one of the current engine. */
export function scopedSingleton<Key extends 'binaryConfig' | 'binaryStore'>(
	key: Key,
): EngineScope[Key] {
	return new Proxy({} as EngineScope[Key], {
		get(_, property) {
			const scope = current.getStore();
			if (!scope) throw new Error(`n8n-core used its ${key} outside of an engine's scope`);
			const target = scope[key];
			const value: unknown = Reflect.get(target, property);
			return typeof value === 'function' ? (value.bind(target) as unknown) : value;
		},
	});
}

function writer(level: LogEntry['level']) {
	return (message: string, metadata?: unknown) =>
		current.getStore()?.onLog({ level, message, metadata });
}

/** The logger that nodes use as `this.logger`. */
export const scopedLogger = {
	error: writer('error'),
	warn: writer('warn'),
	info: writer('info'),
	debug: writer('debug'),
	scoped: () => scopedLogger,
};

const ignore = () => {};

/** The logger of n8n-core itself. */
export const silentLogger = {
	error: ignore,
	warn: ignore,
	info: ignore,
	debug: ignore,
	scoped: () => silentLogger,
};
