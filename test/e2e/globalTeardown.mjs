export default async function globalTeardown() {
	const { closeShared } = await import('./shared.mts');
	await closeShared();
}
