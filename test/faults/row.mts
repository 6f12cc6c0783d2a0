import type { Fault, SandboxOptions } from '../../sandbox/createSandbox.mts';

export type Operation =
	| 'Text to Video'
	| 'Image to Video'
	| 'Get'
	| 'Get Many'
	| 'Wait'
	| 'Download'
	| 'Cancel';

/** One line of the fault matrix: what goes wrong, and what must come of it. */
export interface Row {
	/** What goes wrong, in words for `docs/reliability.md`. */
	wrong: string;
	server: NonNullable<SandboxOptions['dialect']>;
	/** Sandbox options beside the dialect. */
	world?: SandboxOptions;
	operation: Operation;
	/** Injected before the operation runs. */
	faults?: Fault[];
	/** Form values beside the shortest valid ones. */
	form?: object;
	/** What the user gets: `video`, `item`, or an error whose message matches. */
	gets: 'video' | 'item' | RegExp;
	/** Videos that exist on the server afterwards. One unless said otherwise. */
	created?: number;
	/** Videos the server has charged for afterwards. As many as created where the user gets a video, else 0. */
	billed?: number;
}

type Shape = Omit<Row, 'server' | 'operation'>;

/** The same row for several servers and operations. */
export function rows(
	servers: Array<Row['server']>,
	operations: Operation[],
	shapes: Shape[],
): Row[] {
	return shapes.flatMap((shape) =>
		operations.flatMap((operation) => servers.map((server) => ({ ...shape, server, operation }))),
	);
}
