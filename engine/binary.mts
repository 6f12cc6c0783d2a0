import type { IBinaryData, IPinData, IWorkflowExecuteAdditionalData } from 'n8n-workflow';
import type { BinaryDataConfig, BinaryDataService } from '../.cache/n8n-2/node_modules/n8n-core';
import type { Core } from './core.mts';
import { silentLogger } from './scope.mts';
import type { EngineOptions, FileBytes, PinnedItem } from './types.mts';

interface BinaryStore {
	binaryConfig: BinaryDataConfig;
	binaryStore: BinaryDataService;
}

/** Creates n8n's binary store in its own folder. */
export async function createBinaryStore(
	core: Core,
	mode: NonNullable<EngineOptions['binaryMode']>,
	folder: string,
): Promise<BinaryStore> {
	const { container, n8nCore } = core;
	const binaryConfig: BinaryDataConfig = Object.assign(
		Object.create(core.binaryConfig) as BinaryDataConfig,
		{
			mode,
			availableModes: ['filesystem'],
			localStoragePath: folder,
		},
	);
	const binaryStore = new n8nCore.BinaryDataService(
		binaryConfig,
		container.get(n8nCore.ErrorReporter),
		silentLogger as never,
	);
	await binaryStore.init();
	return { binaryConfig, binaryStore };
}

/** Converts pinned items to n8n's form: stores files that are given as bytes. */
export async function storePinnedFiles(
	core: Core,
	pinned: Record<string, PinnedItem[]>,
	additionalData: IWorkflowExecuteAdditionalData,
	workflowId: string,
): Promise<IPinData> {
	const { prepareBinaryData } = core.n8nCore.getBinaryHelperFunctions(additionalData, workflowId);

	const storeFile = async (file: IBinaryData | FileBytes): Promise<IBinaryData> =>
		Buffer.isBuffer(file.data)
			? await prepareBinaryData(file.data, file.fileName, file.mimeType)
			: (file as IBinaryData);

	const storeItem = async ({ json = {}, binary, ...item }: PinnedItem) => ({
		...item,
		json,
		...(binary && { binary: await mapValues(binary, storeFile) }),
	});

	return await mapValues(pinned, async (items) => await Promise.all(items.map(storeItem)));
}

async function mapValues<From, To>(
	record: Record<string, From>,
	convert: (value: From) => Promise<To>,
): Promise<Record<string, To>> {
	const entries = Object.entries(record).map(
		async ([key, value]) => [key, await convert(value)] as const,
	);
	return Object.fromEntries(await Promise.all(entries));
}
