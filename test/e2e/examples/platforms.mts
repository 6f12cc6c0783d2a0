/** The limits of a platform. `docs/where-the-video-goes.md` has the table with its sources. */
export interface Platform {
	maxBytes?: number;
	minSeconds?: number;
	maxSeconds?: number;
	/** Width divided by height. */
	shapes?: number[];
	/** Whether the index of the file must come before its data. */
	indexFirst?: boolean;
}

const MB = 1_000_000;
const PORTRAIT = 9 / 16;
const SQUARE = 1;

export const PLATFORMS = {
	drive: {},
	telegram: { maxBytes: 50 * MB },
	youTubeShort: { maxSeconds: 180, shapes: [PORTRAIT, SQUARE] },
	instagramReel: {
		maxBytes: 300 * MB,
		minSeconds: 3,
		maxSeconds: 15 * 60,
		shapes: [PORTRAIT],
		indexFirst: true,
	},
	/** The limits of TikTok, Instagram and YouTube together. */
	everywhere: {
		maxBytes: 50 * MB,
		minSeconds: 3,
		maxSeconds: 60,
		shapes: [PORTRAIT],
		indexFirst: true,
	},
} satisfies Record<string, Platform>;
