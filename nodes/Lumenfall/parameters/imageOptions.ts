import { z } from 'zod';
import { inputErrors } from '../errors/inputErrors';
import type { Fit } from '../media/fitImage';

/** How the options about pictures are read. */

export const imageFit = z.unknown().transform((value): Fit | undefined => {
	if (value === undefined || value === '' || value === 'asIs') return undefined;
	if (value === 'crop' || value === 'pad') return value;
	throw inputErrors.badOption('Image Fit', value, "'asIs', 'crop' or 'pad'");
});

export const imageRole = z.unknown().transform((value): 'firstFrame' | 'reference' => {
	if (value === undefined || value === '' || value === 'firstFrame') return 'firstFrame';
	if (value === 'reference') return value;
	throw inputErrors.badOption('Image Role', value, "'firstFrame' or 'reference'");
});

/** A list, or names and addresses in one text with commas or line breaks between them. */
export const imageNames = z.unknown().transform((value): string[] => {
	const parts = Array.isArray(value) ? value : String(value ?? '').split(/[,\n]/);
	return parts.map((part) => String(part).trim()).filter(Boolean);
});
