import type { FailureError } from './failure';
import { createErrors } from '../create/createErrors';
import { inputErrors as ofForm } from '../parameters/inputErrors';
import { requestErrors } from '../transport/requestErrors';
import { dialectErrors } from '../transport/dialects/dialectErrors';

/** Until the rewrite of create/ is here: the old names. */
export const inputErrors = {
	...ofForm,
	...requestErrors,
	...dialectErrors,
	...createErrors,
	badBaseUrl: requestErrors.badBaseUrl as (value: string) => FailureError,
	notAPicture: ofForm.notAnImage,
	pictureTooLarge: ofForm.imageTooLarge,
	badFieldName: ofForm.emptyFieldName,
	notWholeSeconds: dialectErrors.wholeSecondsOnly,
};
export { invalid, shown } from './message';
