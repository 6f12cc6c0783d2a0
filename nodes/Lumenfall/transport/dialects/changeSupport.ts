import type { ModelInfo } from '../../models/modelInfo';
import type { Change, ChangeWay, SourceKind } from '../../request/sourceVideo';

/** How one kind of server extends and edits an earlier video. */
export interface ChangeSupport {
	/** The name of the server in a message. */
	readonly server: string;
	/** What the server may have, by the value of the option 'Send Video As'. */
	readonly ways: Partial<Record<ChangeWay, WayRules>>;
	/** The ways to use if the user names none, best first. Only ways that the server does not ignore. */
	automatic(change: Change, known: KnownServer): ChangeWay[];
	/** What to do instead if there is no such way; a sentence. */
	advice(change: Change): string;
}

/** What one way can do. */
export interface WayRules {
	changes: readonly Change[];
	/** What the earlier video can be named by, best first. */
	kinds: readonly SourceKind[];
	/** A model that does not list videos as an input would ignore it. */
	mustBeListed?: true;
}

/** What is known of a server and a model when a way is chosen. */
export interface KnownServer {
	model: ModelInfo;
	/** What the list of models names as the owner of all of them, e.g. `vllm`. */
	owner?: string;
}
