import type { Fault, SandboxOptions } from '../../sandbox/createSandbox.mts';

export type Operation =
	| 'Text to Video'
	| 'Image to Video'
	| 'Get'
	| 'Get Many'
	| 'Wait'
	| 'Download'
	| 'Cancel';

/** One row of the fault matrix: the fault and its expected outcome. */
export interface Row {
	/** The fault, as text for `docs/reliability.md`. */
	wrong: string;
	server: NonNullable<SandboxOptions['dialect']>;
	/** Sandbox options in addition to the dialect. */
	world?: SandboxOptions;
	operation: Operation;
	/** Faults that are injected before the operation runs. */
	faults?: Fault[];
	/** Form values in addition to the shortest valid ones. */
	form?: object;
	/** The expected result: `video`, `item`, or an error whose message matches. */
	gets: 'video' | 'item' | RegExp;
	/** Number of videos on the server afterwards. Default 1. */
	created?: number;
	/**
	 * Number of videos that the server has charged. By default all created ones if the user gets a video, otherwise 0.
	 */
	billed?: number;
}

type Shape = Omit<Row, 'server' | 'operation'>;

/** Returns the same row for several servers and operations. */
export function rows(
	servers: Array<Row['server']>,
	operations: Operation[],
	shapes: Shape[],
): Row[] {
	return shapes.flatMap((shape) =>
		operations.flatMap((operation) => servers.map((server) => ({ ...shape, server, operation }))),
	);
}
