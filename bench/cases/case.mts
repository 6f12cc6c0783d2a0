/** One measurement of the bench. */
export interface Case {
	name: string;
	/** Measures n8n's built-in node too, which is installed for it (over 1 GB). */
	hasPeer?: boolean;
	/** Measures, and returns the result as a section of the report, in Markdown. */
	run(quick: boolean): Promise<string>;
}

/** Compressed seconds per real second, for cases in which nodes mostly wait. */
export const TIME_FACTOR = 20;
