"""llama.cpp in a process of its own, because ggml ends the process on an internal assert.

`python -m model_tools.llama_process` reads one JSON request on standard input and writes JSON
lines: {"log": text} for what llama.cpp says, {"result": …} at the end. It ends when standard input
closes, so that it never outlives the command that started it.
"""

import ctypes
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from model_tools.errors import ModelToolsError

_MEGABYTE = 1 << 20
_BUFFER_BYTES = 256 * _MEGABYTE


class LlamaProcessDied(ModelToolsError):
    """llama.cpp ended its process, or said that it cannot do what was asked."""


def ask_llama(
    request: dict[str, Any], *, listen: Callable[[str], None] = lambda _: None
) -> dict[str, Any]:
    """Have a new process do `request`; `listen` hears llama.cpp's log.

    Raises:
        LlamaProcessDied: it ended without a result; the message is the last thing it said.
    """
    process = subprocess.Popen(
        [sys.executable, "-m", "model_tools.llama_process"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=Path(__file__).resolve().parents[1],
    )
    assert process.stdin is not None
    assert process.stdout is not None
    said = ""
    try:
        process.stdin.write(json.dumps(request).encode() + b"\n")
        process.stdin.flush()
        for line in process.stdout:
            event = json.loads(line)
            if "result" in event:
                return dict(event["result"])
            listen(event["log"])
            said = _reason(event["log"]) or said
    finally:
        process.kill()
        process.wait()
        process.stdin.close()
        process.stdout.close()
    raise LlamaProcessDied(said or "llama.cpp ended without saying why.")


def _reason(log: str) -> str:
    """What a line of the log says went wrong; empty if it says nothing of the kind."""
    if "error" not in log and "failed to quantize" not in log:
        return ""
    return log.strip().rpartition("error loading model: ")[2].rpartition("failed to quantize: ")[2]


def _write(event: dict[str, Any]) -> None:
    sys.stdout.buffer.write(json.dumps(event).encode() + b"\n")
    sys.stdout.buffer.flush()


def _exit_with_parent() -> None:
    sys.stdin.buffer.read()
    os._exit(1)


def _listener() -> object:
    """A log callback that forwards whole lines; llama.cpp says some of them in pieces."""
    import llama_cpp

    pieces: list[str] = []

    def forward(_level: int, text: bytes, _data: object) -> None:
        pieces.append(text.decode("utf-8", "replace"))
        if pieces[-1].endswith(("\n", ".. ")):
            _write({"log": "".join(pieces)})
            pieces.clear()

    callback = llama_cpp.llama_log_callback(forward)
    llama_cpp.llama_log_set(callback, ctypes.c_void_p(0))
    return callback


def _quantise(request: dict[str, Any]) -> dict[str, Any]:
    import llama_cpp

    parameters = llama_cpp.llama_model_quantize_default_params()
    parameters.ftype = request["file_type"]
    parameters.nthread = request.get("threads", 0)
    parameters.allow_requantize = request.get("from_quantised", False)
    parameters.max_buf_size = _BUFFER_BYTES
    source, target = os.fsencode(request["source"]), os.fsencode(request["target"])
    status = llama_cpp.llama_model_quantize(source, target, ctypes.byref(parameters))
    return {"ok": status == 0}


def _load(request: dict[str, Any]) -> dict[str, Any]:
    """Load everything but the weights' values; says which tokens end an answer."""
    import llama_cpp

    parameters = llama_cpp.llama_model_default_params()
    parameters.no_alloc = True
    parameters.n_gpu_layers = 0
    # With no_alloc the loader must not map: it would then expect the mapped weights.
    parameters.load_mode = llama_cpp.LLAMA_LOAD_MODE_NONE
    model = llama_cpp.llama_model_load_from_file(os.fsencode(request["source"]), parameters)
    if not model:
        return {"ok": False}
    vocabulary = llama_cpp.llama_model_get_vocab(model)
    tokens = llama_cpp.llama_vocab_n_tokens(vocabulary)
    ends = [i for i in range(tokens) if llama_cpp.llama_vocab_is_eog(vocabulary, i)]
    return {"ok": True, "end_ids": ends}


_TASKS: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "quantise": _quantise,
    "load": _load,
}


def main() -> int:
    """Do one request; returns the exit status."""
    request = json.loads(sys.stdin.buffer.readline())
    threading.Thread(target=_exit_with_parent, daemon=True).start()
    import llama_cpp

    kept = _listener()  # llama.cpp holds a bare pointer to it
    llama_cpp.llama_backend_init()
    result = _TASKS[request["task"]](request)
    assert kept is not None
    if result["ok"]:
        _write({"result": result})
    return 0


if __name__ == "__main__":
    sys.exit(main())
