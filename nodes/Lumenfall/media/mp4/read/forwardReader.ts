/**
 * Reads a stream of bytes from start to end, in pieces of any size. n8n's binary store offers no other way: a file can
 * be opened again, but not read from an offset.
 */
export class ForwardReader {
	/** Bytes read or skipped so far. */
	position = 0;
	private readonly chunks: AsyncIterator<Buffer>;
	private held: Buffer = Buffer.alloc(0);

	constructor(chunks: AsyncIterable<Buffer>) {
		this.chunks = chunks[Symbol.asyncIterator]();
	}

	/** Returns the next bytes without consuming them. Fewer at the end of the file. */
	async peek(count: number): Promise<Buffer> {
		if (this.held.length < count) await this.hold(count);
		return this.held.subarray(0, count);
	}

	/** Returns and consumes the next bytes. Fewer at the end of the file. */
	async read(count: number): Promise<Buffer> {
		const bytes = await this.peek(count);
		this.moveOn(bytes.length);
		return bytes;
	}

	/** Skips bytes, and returns how many there were. */
	async skip(count: number): Promise<number> {
		let left = count;
		while (left > 0 && (await this.fill())) {
			const skipped = Math.min(left, this.held.length);
			this.moveOn(skipped);
			left -= skipped;
		}
		return count - left;
	}

	/** Yields the next bytes as they arrive, without joining them. Fewer at the end of the file. */
	async *slices(count: number): AsyncGenerator<Buffer> {
		let left = count;
		while (left > 0 && (await this.fill())) {
			const slice = this.held.subarray(0, left);
			this.moveOn(slice.length);
			left -= slice.length;
			yield slice;
		}
	}

	/** Closes the stream at any position. */
	async close(): Promise<void> {
		await this.chunks.return?.();
	}

	private moveOn(count: number): void {
		this.held = this.held.subarray(count);
		this.position += count;
	}

	/** Reads until at least one byte is held. False at the end of the file. */
	private async fill(): Promise<boolean> {
		while (this.held.length === 0) {
			const next = await this.chunks.next();
			if (next.done) return false;
			this.held = next.value;
		}
		return true;
	}

	private async hold(count: number): Promise<void> {
		const parts = [this.held];
		let bytes = this.held.length;
		while (bytes < count) {
			const next = await this.chunks.next();
			if (next.done) break;
			parts.push(next.value);
			bytes += next.value.length;
		}
		this.held = Buffer.concat(parts, bytes);
	}
}
