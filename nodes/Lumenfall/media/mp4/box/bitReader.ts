/** Reads bits from the most significant one on, as codec settings are written. Beyond the end, all bits are zero. */
export class BitReader {
	private at = 0;

	constructor(private readonly bytes: Buffer) {}

	/** Reads an unsigned number of up to 32 bits. */
	read(count: number): number {
		let value = 0;
		for (let i = 0; i < count; i += 1, this.at += 1) {
			const byte = this.bytes[this.at >> 3] ?? 0;
			value = value * 2 + ((byte >> (7 - (this.at & 7))) & 1);
		}
		return value;
	}

	/** Reads an unsigned number in Exp-Golomb code (H.264 section 9.1). */
	readExpGolomb(): number {
		let zeros = 0;
		while (zeros < 32 && this.bitsLeft > 0 && this.read(1) === 0) zeros += 1;
		return 2 ** zeros - 1 + this.read(zeros);
	}

	get bitsLeft(): number {
		return this.bytes.length * 8 - this.at;
	}
}
