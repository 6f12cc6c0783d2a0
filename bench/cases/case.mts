/** One question the bench answers. */
export interface Case {
	name: string;
	/** Measures and tells the answer as a section of the report, in Markdown. */
	run(quick: boolean): Promise<string>;
}

/** Seconds that pass in one real second where nodes mostly wait. */
export const TIME_FACTOR = 20;
