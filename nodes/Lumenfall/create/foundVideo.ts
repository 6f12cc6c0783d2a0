import type { SentVideo, SourceKind } from '../request/sourceVideo';

/** An earlier video that was found, before it is decided how to send it. */
export interface FoundVideo {
	/** The available kinds, the given one first. */
	kinds: SourceKind[];
	/** The model that made it, if it is known. */
	model?: string;
	/** Its length in seconds, if it is known without reading the file. */
	seconds?: number;
	/**
	 * Returns the video in one of its kinds. Reads, downloads or links it if necessary.
	 * @throws FailureError with the reason why that is not possible
	 */
	as(kind: SourceKind): Promise<{ video: SentVideo; seconds?: number }>;
}
