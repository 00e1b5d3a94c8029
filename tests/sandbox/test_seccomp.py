"""The filter of system calls: what it lets through, tried on a small interpreter of BPF."""

import struct

import pytest

from tutor_app.core.errors import SandboxError
from tutor_app.sandbox.material import SYSTEM_CALLS, material
from tutor_app.sandbox.seccomp import ALLOWED, Profile, build_filter, named_calls

_ALLOW, _KILL, _ERRNO = 0x7FFF0000, 0x80000000, 0x00050000
_ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_MOST_INSTRUCTIONS = 4096


def _numbers(machine: str) -> dict[str, int]:
    column = ["", "x86_64", "aarch64"].index(machine)
    lines = [line.split() for line in material(SYSTEM_CALLS).splitlines()[1:]]
    return {fields[0]: int(fields[column]) for fields in lines if fields[column] != "-"}


def _verdict(program: bytes, architecture: int, number: int, *arguments: int) -> int:
    data = struct.pack("=IIQ6Q", number, architecture, 0, *arguments, *[0] * (6 - len(arguments)))
    instructions = list(struct.iter_unpack("<HBBI", program))
    place = accumulator = 0
    while True:
        code, jump_true, jump_false, operand = instructions[place]
        place += 1
        if code == 0x06:
            return int(operand)
        if code == 0x20:
            accumulator = struct.unpack_from("=I", data, operand)[0]
        elif code == 0x54:
            accumulator &= operand
        else:
            is_so = {
                0x15: accumulator == operand,
                0x35: accumulator >= operand,
                0x45: bool(accumulator & operand),
            }[code]
            place += jump_true if is_so else jump_false


def _call(profile: Profile, name: str, *arguments: int, machine: str = "x86_64") -> int:
    program = build_filter(profile, machine)
    return _verdict(program, _ARCHITECTURES[machine], _numbers(machine)[name], *arguments)


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
@pytest.mark.parametrize("profile", Profile)
def test_every_allowed_call_is_let_through(profile: Profile, machine: str) -> None:
    program, numbers = build_filter(profile, machine), _numbers(machine)
    assert len(program) // 8 < _MOST_INSTRUCTIONS
    for name in set(ALLOWED) & numbers.keys():
        assert _verdict(program, _ARCHITECTURES[machine], numbers[name]) == _ALLOW, name


@pytest.mark.parametrize("profile", Profile)
def test_a_call_that_is_not_named_does_not_exist(profile: Profile) -> None:
    program = build_filter(profile, "x86_64")
    named = {_numbers("x86_64")[name] for name in named_calls() if name in _numbers("x86_64")}
    for number in set(range(600)) - named:
        assert _verdict(program, _ARCHITECTURES["x86_64"], number) == _ERRNO | 38, number


@pytest.mark.parametrize("profile", Profile)
@pytest.mark.parametrize(
    ("architecture", "number"), [(0x40000003, 20), (0xC000003E, 0x40000000), (0xC00000B7, 64)]
)
def test_calls_of_another_architecture_kill(
    profile: Profile, architecture: int, number: int
) -> None:
    assert _verdict(build_filter(profile, "x86_64"), architecture, number) == _KILL


def test_every_named_call_has_a_number() -> None:
    assert named_calls() == _numbers("x86_64").keys()


def test_no_new_namespace_by_any_flag() -> None:
    for flag in (
        0x80,
        0x20000,
        0x2000000,
        0x4000000,
        0x8000000,
        0x10000000,
        0x20000000,
        0x40000000,
    ):
        assert _call(Profile.NAMESPACES, "clone", flag | 17) == _ERRNO | 1
    assert _call(Profile.NAMESPACES, "clone", 0x3D0F00) == _ALLOW  # a thread


@pytest.mark.parametrize(("request_number", "verdict"), [
    (0x5412, _ERRNO | 1), (0x541C, _ERRNO | 1), (0x5401, _ALLOW),
])  # fmt: skip
def test_typing_into_a_terminal_is_refused(request_number: int, verdict: int) -> None:
    assert _call(Profile.NAMESPACES, "ioctl", 0, request_number) == verdict


def test_with_namespaces_only_the_usual_families_of_sockets_exist() -> None:
    for family in range(50):
        allowed = family in {1, 2, 10, 16}
        verdict = _call(Profile.NAMESPACES, "socket", family, 1)
        assert verdict == (_ALLOW if allowed else _ERRNO | 97)


def test_without_namespaces_only_a_pair_of_streams_exists() -> None:
    assert _call(Profile.LANDLOCK, "socket", 1, 1) == _ERRNO | 13
    for family in (1, 2, 16):
        for kind in (1, 1 | 0x80000, 2, 5, 2 | 0x800):
            allowed = family == 1 and kind & 0xF == 1
            verdict = _call(Profile.LANDLOCK, "socketpair", family, kind)
            assert verdict == (_ALLOW if allowed else _ERRNO | 97)


def test_without_namespaces_metadata_calls_do_nothing_and_say_so_to_nobody() -> None:
    for name in ("chmod", "fchownat", "utimensat"):
        assert _call(Profile.LANDLOCK, name) == _ERRNO


def test_where_the_kernel_cannot_keep_signals_inside_only_the_own_group_gets_them() -> None:
    assert _call(Profile.LANDLOCK_NO_SIGNALS, "kill", 0, 9) == _ALLOW
    assert _call(Profile.LANDLOCK_NO_SIGNALS, "kill", 1234, 9) == _ERRNO | 1
    assert _call(Profile.LANDLOCK_NO_SIGNALS, "kill", 0xFFFFFFFF, 9) == _ERRNO | 1
    assert _call(Profile.LANDLOCK_NO_SIGNALS, "tgkill", 0, 0, 9) == _ERRNO | 1


def test_limits_of_others_cannot_be_named() -> None:
    assert _call(Profile.LANDLOCK, "prlimit64", 0) == _ALLOW
    assert _call(Profile.LANDLOCK, "prlimit64", 99) == _ERRNO | 1


def test_an_unknown_processor_is_refused() -> None:
    with pytest.raises(SandboxError, match="riscv64"):
        build_filter(Profile.NAMESPACES, "riscv64")
