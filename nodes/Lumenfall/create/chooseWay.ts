import type { Change, ChangeWay, SourceKind } from '../request/sourceVideo';
import type { ChangeSupport } from '../transport/dialects/changeSupport';
import { sourceErrors } from './sourceErrors';

/** How an earlier video goes to the server. */
export interface ChosenWay {
	way: ChangeWay;
	/** Tried next if the server has no route for `way`. */
	otherWay?: ChangeWay;
	kind: SourceKind;
	/** A model that does not list videos as an input would ignore it. */
	mustBeListed?: true;
}

/** What is to be done with an earlier video, and what it can be named by. */
export interface WantedChange {
	change: Change;
	/** The user's own choice. */
	named?: ChangeWay;
	/** What the video can be named by, the given kind first. Others need it to be downloaded or linked. */
	kinds: readonly SourceKind[];
}

/**
 * Chooses how the server is told of an earlier video. Pure: the same facts give the same way.
 * @param automatic the ways of the server for this change, best first
 * @throws FailureError that says why there is no way, and what to do
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
