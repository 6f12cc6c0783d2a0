import config, { withNativeDoors } from '../jest.config.mjs';

/** A separate project, because the others only need Node: `npm run test:browser` installs Chromium first. */
export default { ...config, projects: [withNativeDoors('browser', { timeFactor: 20 })] };
