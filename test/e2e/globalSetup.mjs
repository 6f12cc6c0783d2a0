import { register } from 'tsx/esm/api';

/** Installs what is missing, and starts one n8n of each version for all stories without special settings. */
export default async function globalSetup() {
	register();
	const { installMissing } = await import('../../instance/install.mts');
	await installMissing();
	const { openShared } = await import('./shared.mts');
	await openShared();
}
