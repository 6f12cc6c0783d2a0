/** More servers than one n8n instance uses. */
const MAX_ENTRIES = 100;

/** What the process remembers about each server. Forgets everything when it is full, so that it cannot grow for ever. */
export class BoundedMap<Key, Value> extends Map<Key, Value> {
	override set(key: Key, value: Value): this {
		if (this.size >= MAX_ENTRIES && !this.has(key)) this.clear();
		return super.set(key, value);
	}
}
