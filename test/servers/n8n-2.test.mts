import { everyServer } from './suite.mts';

everyServer('n8n-2');
