/** A text, a number, a boolean or null in JSON, and the names of the fields around it, the outermost first. */
interface Leaf {
	value: unknown;
	names: string[];
}

/**
 * Finds every value in unknown JSON that is no object and no list, in the order in which they stand there. In a list, the
 * names are the places.
 * @param maxDepth how many objects and lists around a value count; a value that is nested deeper is left out
 * @param skips names of fields whose content is left out
 */
export function* leavesIn(
	json: unknown,
	{ maxDepth, skips }: { maxDepth: number; skips?: RegExp },
	names: string[] = [],
): Generator<Leaf, undefined> {
	if (typeof json !== 'object' || json === null) yield { value: json, names };
	else if (names.length < maxDepth)
		for (const [name, inner] of Object.entries(json)) {
			if (!skips?.test(name)) yield* leavesIn(inner, { maxDepth, skips }, [...names, name]);
		}
}
