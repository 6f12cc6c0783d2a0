import type { INodeProperties } from 'n8n-workflow';
import { catalogue } from './catalogue';
import { comparing } from './comparing';
import { estimating } from './estimating';
import { existing } from './existing';
import { generating } from './videoFields';
import { listing } from './listing';
import { menu } from './menu';

/** The whole form, in the order in which it is shown. */
export const form: INodeProperties[] = [
	...menu,
	...generating,
	...comparing,
	...estimating,
	...existing,
	...listing,
	...catalogue,
];
