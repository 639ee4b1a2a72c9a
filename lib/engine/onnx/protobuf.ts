/**
 * A protocol buffer message being written: just what ONNX needs of the wire format.
 * @source https://protobuf.dev/programming-guides/encoding
 */
export class Message {
  private readonly parts: Uint8Array[] = [];
  private length = 0;

  /** int64, int32 and enums; negative numbers take ten bytes, as the format has it. */
  int(field: number, value: number | bigint): this {
    this.tag(field, 0);
    return this.push(varint(BigInt.asUintN(64, BigInt(value))));
  }

  /** float (32 bits). */
  float(field: number, value: number): this {
    this.tag(field, 5);
    const bytes = new Uint8Array(4);
    new DataView(bytes.buffer).setFloat32(0, value, true);
    return this.push(bytes);
  }

  bytes(field: number, value: Uint8Array): this {
    this.tag(field, 2);
    this.push(varint(BigInt(value.length)));
    return this.push(value);
  }

  string(field: number, value: string): this {
    return this.bytes(field, encoder.encode(value));
  }

  message(field: number, value: Message): this {
    this.tag(field, 2);
    this.push(varint(BigInt(value.length)));
    for (const part of value.parts) this.push(part);
    return this;
  }

  finish(): Uint8Array {
    const all = new Uint8Array(this.length);
    let at = 0;
    for (const part of this.parts) {
      all.set(part, at);
      at += part.length;
    }
    return all;
  }

  private tag(field: number, wireType: number): void {
    this.push(varint(BigInt(field * 8 + wireType)));
  }

  private push(bytes: Uint8Array): this {
    this.parts.push(bytes);
    this.length += bytes.length;
    return this;
  }
}

const encoder = new TextEncoder();

function varint(value: bigint): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  while (rest > 127n) {
    bytes.push(Number(rest & 127n) | 128);
    rest >>= 7n;
  }
  bytes.push(Number(rest));
  return Uint8Array.from(bytes);
}
