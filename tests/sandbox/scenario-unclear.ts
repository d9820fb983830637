/** A control request that cannot be carried out; answered with 400. */
export class Unclear extends Error {
  override readonly name = 'Unclear';
}
