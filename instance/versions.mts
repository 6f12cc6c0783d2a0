/** The n8n versions of the stories: the newest one that the package was tested on, and the oldest supported line. */
export const VERSIONS = ['1.121.3', '2.41.1'] as const;
export type N8nVersion = (typeof VERSIONS)[number];
export const NEWEST: N8nVersion = '2.41.1';

/** Major versions of Node that this n8n supports (`engines` of its package). */
export const NODE_MAJORS: Record<N8nVersion, number[]> = {
	'1.121.3': [20, 22, 24],
	'2.41.1': [24],
};

/** Installed from npm if the Node that runs the tests is not one of these. */
export const NODE_TO_INSTALL = '24.21.0';

/** Reports whether a version is of the second generation. */
export function isN8n2(version: N8nVersion): boolean {
	return version.startsWith('2.');
}
