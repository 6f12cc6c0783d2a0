import type { SentVideo, SourceKind } from '../request/sourceVideo';

/** An earlier video that is there, before it is known how the server is told of it. */
export interface FoundVideo {
	/** What it can be named by, the given kind first. */
	kinds: SourceKind[];
	/** The model that made it, if it is known. */
	model?: string;
	/** Its length, if it is known without reading it. */
	seconds?: number;
	/**
	 * The video in one of its kinds. Reads, downloads or links it if that is needed.
	 * @throws FailureError why that is not possible
	 */
	as(kind: SourceKind): Promise<{ video: SentVideo; seconds?: number }>;
}
