import { register } from 'tsx/esm/api';

/** Installs what is missing. */
export default async function globalSetup() {
	register();
	const { installMissing } = await import('../../instance/install.mts');
	const { CLUSTER_VERSION } = await import('./cluster.mts');
	await installMissing([CLUSTER_VERSION]);
}
