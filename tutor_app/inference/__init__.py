"""Runs a local model through llama.cpp in a process of its own.

`client` is the door; only `engine`, in the child process, imports llama_cpp.
"""
