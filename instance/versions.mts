/** The n8n servers the stories run on: the newest the package was tried on, and the oldest line it promises to work with. */
export const VERSIONS = ['1.121.3', '2.41.1'] as const;
export type N8nVersion = (typeof VERSIONS)[number];
export const NEWEST: N8nVersion = '2.41.1';

/** Majors of Node that this n8n runs on (`engines` of its package). */
export const NODE_MAJORS: Record<N8nVersion, number[]> = {
	'1.121.3': [20, 22, 24],
	'2.41.1': [24],
};

/** Brought from npm where the Node that runs the tests is not one of these. */
export const BROUGHT_NODE = '24.21.0';

export function isTwo(version: N8nVersion): boolean {
	return version.startsWith('2.');
}
