/** Returns the object without its undefined fields: a value that is not known is left out, not null. */
export function withoutUndefined<Value extends object>(value: {
	[Key in keyof Value]: Value[Key] | undefined;
}): Value {
	return Object.fromEntries(
		Object.entries(value).filter(([, inner]) => inner !== undefined),
	) as Value;
}
