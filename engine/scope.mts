import { AsyncLocalStorage } from 'node:async_hooks';
import type { BinaryDataConfig, BinaryDataService } from '../.cache/n8n-2/node_modules/n8n-core';
import type { LogEntry } from './types.mts';

/** What n8n-core keeps once per process and this engine needs once per engine. */
export interface EngineScope {
	onLog: (entry: LogEntry) => void;
	binaryConfig: BinaryDataConfig;
	binaryStore: BinaryDataService;
}

const current = new AsyncLocalStorage<EngineScope>();

/** Runs n8n code on behalf of one engine: its logger and binary store are found through the scope. */
export function inScope<Result>(scope: EngineScope, action: () => Result): Result {
	return current.run(scope, action);
}

/** A stand-in for a process-wide singleton that forwards to the one of the engine that is asking. */
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

/** The logger nodes get as `this.logger`. */
export const scopedLogger = {
	error: writer('error'),
	warn: writer('warn'),
	info: writer('info'),
	debug: writer('debug'),
	scoped: () => scopedLogger,
};

const ignore = () => {};

/** The logger for n8n-core itself. */
export const silentLogger = {
	error: ignore,
	warn: ignore,
	info: ignore,
	debug: ignore,
	scoped: () => silentLogger,
};
