/** The version of the SDK, told to the connector in the worker's hello. */
export const VERSION = '0.1.0';
