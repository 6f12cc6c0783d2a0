import config, { withNativeDoors } from '../jest.config.mjs';

/** Apart from the others, which need nothing but Node: `npm run test:browser` sees to a Chromium first. */
export default { ...config, projects: [withNativeDoors('browser', { timeFactor: 20 })] };
