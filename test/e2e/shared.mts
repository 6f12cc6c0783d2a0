import { setUpOwner } from '../../instance/owner.mts';
import type { N8nApi } from '../../instance/types.mts';
import { createInstance, type Instance } from '../../instance/createInstance.mts';
import { VERSIONS, type N8nVersion } from '../../instance/versions.mts';

/** The data with which a test process finds an n8n that another process has started. */
interface SharedInstance {
	url: string;
	cookie: string;
	logFile: string;
}

const VARIABLE = 'LUMENFALL_E2E_INSTANCES';
const open: Instance[] = [];

export async function openShared(): Promise<void> {
	try {
		const shared = await Promise.all(
			VERSIONS.map(async (version) => [version, await openOne(version)]),
		);
		process.env[VARIABLE] = JSON.stringify(Object.fromEntries(shared));
	} catch (error) {
		await closeShared();
		throw error;
	}
}

export async function closeShared(): Promise<void> {
	await Promise.all(open.splice(0).map(async (instance) => await instance.close()));
}

export function sharedInstance(version: N8nVersion): SharedInstance {
	return JSON.parse(process.env[VARIABLE] ?? '{}')[version];
}

async function openOne(version: N8nVersion): Promise<SharedInstance> {
	const instance = await createInstance({ version });
	open.push(instance);
	await instance.start();
	const { cookie }: N8nApi = await setUpOwner(version, instance.url);
	return { url: instance.url, cookie, logFile: instance.logFile };
}
