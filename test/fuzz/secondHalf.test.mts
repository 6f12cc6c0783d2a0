import { SERVERS } from '../servers/servers.mts';
import { fuzz } from './suite.mts';

fuzz(SERVERS.filter((_, index) => index % 2 === 1));
