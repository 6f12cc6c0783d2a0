import { faultMatrix } from './suite.mts';

faultMatrix('n8n-2');
