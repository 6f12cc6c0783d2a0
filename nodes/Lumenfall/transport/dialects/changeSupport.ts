import type { ModelInfo } from '../../models/modelInfo';
import type { Change, ChangeWay, SourceKind } from '../../request/sourceVideo';

/** How one kind of server extends and edits an earlier video. */
export interface ChangeSupport {
	/** The server's name in messages. */
	readonly server: string;
	/** The ways that the server may support, by the value of the option 'Send Video As'. */
	readonly ways: Partial<Record<ChangeWay, WayRules>>;
	/** Returns the ways to use if the user selects none, best first. Contains no way that the server would ignore. */
	automatic(change: Change, known: KnownServer): ChangeWay[];
	/** Returns what to do instead if there is no way: a sentence. */
	advice(change: Change): string;
}

/** The rules of one way. */
export interface WayRules {
	changes: readonly Change[];
	/** The supported kinds of the earlier video, best first. */
	kinds: readonly SourceKind[];
	/** The model must list videos as an input. Otherwise it would ignore the video. */
	mustBeListed?: true;
}

/** The known details of a server and a model when a way is chosen. */
export interface KnownServer {
	model: ModelInfo;
	/** The owner of all models in the list, e.g. `vllm`. */
	owner?: string;
}
