"""Runs Python and C++ that a model or a student wrote, on the user's own machine.

Protected: the user's files and keys, network, desktop session, other processes, the app's own
packages, and the machine's memory, disk and processors. By namespaces, a system call filter and
limits (full), or by Landlock, a stricter filter and limits (reduced); with neither, programs are
refused.

Not covered:

- A mistake in the kernel is a way out: this is no virtual machine. Nor are side channels closed.
- The installed system (/usr), the app's packages, the processor's and the kernel's names, and
  the paths of what is shown are readable.
- With reduced isolation a program can learn that a file exists, its size, its dates and where a
  link leads, and the machine's name; it cannot read contents or list folders.
- Memory is measured every 50 ms and can be overshot for that long; kernel memory such as socket
  buffers is bounded only by the number of processes and descriptors, and by what is left.
- The processors are kept busy for as long as the limit on the clock allows.
- A program says itself what it printed and with which status it ended: tests must be compared
  outside, and a right output is not yet a right program.
"""
