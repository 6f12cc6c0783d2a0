import type { Change, ChangeWay, SourceKind } from '../request/sourceVideo';
import type { ChangeSupport } from '../transport/dialects/dialect';
import { sourceErrors } from './sourceErrors';

/** The way to send an earlier video to the server. */
interface ChosenWay {
	way: ChangeWay;
	/** The next way, if the server has no route for `way`. */
	otherWay?: ChangeWay;
	kind: SourceKind;
	/** The model must list videos as an input. Otherwise it would ignore the video. */
	mustBeListed?: true;
}

/** The change of an earlier video, and the kinds in which the video is available. */
interface WantedChange {
	change: Change;
	/** The way that the user selected. */
	named?: ChangeWay;
	/** The available kinds, the given one first. Other kinds require a download or a public link. */
	kinds: readonly SourceKind[];
}

/**
 * Chooses how to send an earlier video to the server. Pure: the same input always gives the same way.
 * @param automatic the server's ways for this change, best first
 * @throws FailureError with the reason why there is no way, and what to do
 */
export function chooseWay(
	support: ChangeSupport,
	automatic: ChangeWay[],
	{ change, named, kinds }: WantedChange,
): ChosenWay {
	const { server, ways } = support;
	if (named && !ways[named]?.changes.includes(change))
		throw sourceErrors.wayUnsupported(server, change, named);
	const candidates = named ? [named] : automatic;
	if (candidates.length === 0) throw sourceErrors.noWay(server, change, support.advice(change));

	const supports = (way: ChangeWay, kind: SourceKind) => ways[way]?.kinds.includes(kind) === true;
	for (const kind of kinds) {
		const [way, otherWay] = candidates.filter((one) => supports(one, kind));
		if (!way) continue;
		const mustBeListed = ways[way]?.mustBeListed;
		return {
			way,
			kind,
			...(otherWay && { otherWay }),
			...(mustBeListed && { mustBeListed }),
		};
	}
	const required = candidates.flatMap((way) => ways[way]?.kinds ?? []);
	throw sourceErrors.otherKind(server, change, [...new Set(required)], kinds[0]);
}
