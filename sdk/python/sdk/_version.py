"""The version of the SDK, told to the connector in the worker's hello."""

VERSION = "0.1.0"
