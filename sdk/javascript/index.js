/**
 * Write a job for a Skep pool: what init loads stays warm, what the job returns is the answer.
 *
 *     import { defineInit, createJob, config } from 'sdk';
 *
 *     defineInit(() => { config.words = new Set(['queen', 'king']); });
 *     createJob((input) => ({ known: input.text.split(' ').filter((word) => config.words.has(word)).length }));
 */
export {
  InitMissing,
  InputInvalid,
  JobError,
  JobMissing,
  OutputInvalid,
  OutputTooLarge,
  SkepError,
} from './src/errors.js';
export { log, progress } from './src/events.js';
export { config, createJob, defineInit } from './src/program.js';
