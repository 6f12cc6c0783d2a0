import { join } from 'node:path';

/** Rendering is most of the time of a story, and both n8n lines tell the same stories. */
export const RENDER_CACHE = join(__dirname, '../../.cache/renders');
