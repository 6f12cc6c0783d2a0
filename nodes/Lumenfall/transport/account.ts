import { shortHash } from '../job/identity';
import type { VideoApi } from './videoApi';

/** Identifies server and key of a credential, without revealing the key. */
export function accountOf({ signingKey }: Pick<VideoApi, 'signingKey'>): string {
	return shortHash(signingKey);
}
