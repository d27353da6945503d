/** Jobs whose function answers several inputs at once, as models do fastest. */
import { InputInvalid, OutputInvalid } from './errors.js';

/** From a function of several inputs a job whose input is one of them, or an array of at most `most`. */
export function batched(job, most) {
  if (!Number.isSafeInteger(most) || most < 1) {
    throw new RangeError('batch wants a whole number from 1, the most inputs that one call takes');
  }
  return async (given) => {
    if (!Array.isArray(given)) {
      return (await answers(job, [given]))[0];
    } else if (given.length > most) {
      throw new InputInvalid(`the array has ${given.length} inputs, this job takes at most ${most} at once`);
    }
    return given.length === 0 ? [] : answers(job, given);
  };
}

async function answers(job, inputs) {
  const returned = await job(inputs);
  const isList = Array.isArray(returned) || (ArrayBuffer.isView(returned) && !(returned instanceof DataView));
  if (!isList || returned.length !== inputs.length) {
    const told = isList ? `${returned.length} answers` : `one ${returned?.constructor?.name ?? typeof returned}`;
    throw new OutputInvalid(`a batch of ${inputs.length} inputs wants as many answers in an array, the job returned ${told}`);
  }
  return Array.from(returned);
}
