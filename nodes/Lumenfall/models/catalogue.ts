/** What a server tells about one of its models; servers differ in how much that is (lumenfall-api section 11). */
export interface ModelInfo {
	id: string;
	name?: string;
	/** Whether it makes video, where the server says what it makes. */
	makesVideo?: boolean;
}

/** Families of video models, for servers that list nothing but ids. */
const VIDEO_FAMILIES =
	/sora|veo|kling|seedance|wan[-_.]?\d|hailuo|pixverse|runway|gen-?[34]|luma|ray-?\d|ltx|hunyuan-?video|cosmos|vidu|nova-reel|mochi|cogvideo|skyreels|video/i;

/**
 * The models that make video. What the server says wins; where it says nothing the id decides; and where that finds
 * none the whole list is shown, since a server of one's own may name its model anything.
 */
export function videoModelsOf(models: ModelInfo[]): ModelInfo[] {
	const video = models.filter(({ id, makesVideo }) => makesVideo ?? VIDEO_FAMILIES.test(id));
	return video.length > 0 ? video : models;
}
