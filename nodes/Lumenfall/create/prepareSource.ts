import { isSameModel } from '../models/profiles';
import { lookUpModel, ownerOfModels } from '../models/lookUp';
import type { ItemContext } from '../context';
import type { NamedVideo, SourceSelection } from '../parameters/sourceVideo';
import type { FoundVideo, SourceVideo } from '../request/sourceVideo';
import { chooseWay } from './chooseWay';
import { findSourceFile } from './sourceFile';
import { findSourceJob } from './sourceJob';
import { sourceErrors } from './sourceErrors';

/** An earlier video that is ready to be sent, and the model that extends or edits it. */
interface PreparedSource {
	source: SourceVideo;
	/** Empty if neither the form nor the server reports one. */
	model: string;
}

/**
 * Finds an earlier video, chooses how to send it to this server, and converts it to the required kind. A video of this
 * server is sent by its ID if possible, else by a public URL, else as a file. Sends no create. With the result,
 * `buildRequest(settings, {}, source)` and `createVideo` create the extension or edit like any other video.
 * @param selection the video and its change, e.g. `{ change: 'extend', video: { kind: 'id', id } }`
 * @param wantedModel the model of the form; by default, the model of the earlier video
 * @throws FailureError `invalidInput` if the server would ignore the video in every way; or with the reason why the
 * video is not available
 */
export async function prepareSource(
	context: ItemContext,
	selection: SourceSelection,
	wantedModel = '',
): Promise<PreparedSource> {
	const { change, way: named } = selection;
	const { dialect } = context.api;
	const found = await find(context, selection.video, selection.linkHours);
	const model = wantedModel || (found.model ?? '');
	const automatic = dialect.changes.automatic(change, await knownOf(context, model));
	const { kind, ...chosen } = chooseWay(dialect.changes, automatic, {
		change,
		named,
		kinds: found.kinds,
	});
	if (kind === 'id') requireSameModel(selection.video, wantedModel, found);
	const { video, seconds = found.seconds } = await found.as(kind);
	const source = { change, video, ...chosen, ...(seconds !== undefined && { seconds }) };
	return { source, model };
}

/**
 * Describes the extension of a video that is not created yet, so that its request can be validated and quoted before.
 * `prepareSource` replaces it once the video is there.
 * @throws FailureError if the server has no way to extend its own videos
 */
export async function futureSource(context: ItemContext, model: string): Promise<SourceVideo> {
	const { changes } = context.api.dialect;
	const automatic = changes.automatic('extend', await knownOf(context, model));
	const { way, mustBeListed } = chooseWay(changes, automatic, {
		change: 'extend',
		kinds: ['id', 'file'],
	});
	const video = { kind: 'id', id: 'not created yet' } as const;
	return { change: 'extend', video, way, isFuture: true, ...(mustBeListed && { mustBeListed }) };
}

async function find(
	context: ItemContext,
	video: NamedVideo,
	linkHours: number | undefined,
): Promise<FoundVideo> {
	if (video.kind === 'id') return await findSourceJob(context, video.id, linkHours);
	if (video.kind === 'file') return await findSourceFile(context, video.file, linkHours);
	return { kinds: ['url'], as: async () => ({ video }) };
}

/** What decides which ways a server is known to support. */
async function knownOf(context: ItemContext, model: string) {
	return {
		model: model ? await lookUpModel(context, model) : { id: '' },
		owner: await ownerFor(context),
	};
}

/** Servers with limits in their list are recognized by their dialect. */
async function ownerFor(context: ItemContext): Promise<string | undefined> {
	return context.api.dialect.models.listsLimits ? undefined : await ownerOfModels(context);
}

/** The server would use the model of the earlier video and ignore the other one. */
function requireSameModel(video: NamedVideo, wanted: string, { model }: FoundVideo): void {
	if (video.kind === 'id' && wanted && model && !isSameModel(wanted, model))
		throw sourceErrors.otherModel(wanted, video.id, model);
}
