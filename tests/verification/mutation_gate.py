"""The gate: no perturbed right answer is verified, and no right one is refuted."""

import random
import time
from collections import Counter

from tests.verification.algebra_problems import ALGEBRA
from tests.verification.calculus_problems import CALCULUS
from tests.verification.gate import Gate
from tests.verification.mutation import mutants
from tests.verification.right_answers import RightAnswer, curriculum_answers, drawn_answers
from tests.verification.values import text_of
from tests.verification.word_problems import WORDS
from tutor_app.core.verdict import Status, Verdict
from tutor_app.verify import inprocess

_MUTANTS_PER_ANSWER = 14
_ALL = (*ALGEBRA, *CALCULUS, *WORDS)


class _Tally:
    """Runs answers and mutants through the verifier and counts what comes out."""

    def __init__(self, gate: Gate, rng: random.Random) -> None:
        self.gate = gate
        self.rng = rng
        self.drawn: Counter[str] = Counter()
        self.verified: Counter[str] = Counter()
        self.refuted_mutants = 0

    def check(self, right: RightAnswer, answer: str) -> Verdict:
        start = time.perf_counter()
        verdict = inprocess.check_answer(right.problem, answer)
        self.gate.seconds.append(time.perf_counter() - start)
        return verdict

    def is_live(self, right: RightAnswer) -> bool:
        """Whether the right answer is verified, so that its mutants prove something."""
        self.drawn[right.topic] += 1
        text = text_of(right.value, right.letter, self.rng)
        verdict = self.check(right, text)
        self.verified[right.topic] += verdict.status is Status.VERIFIED
        if verdict.status is Status.REFUTED or (
            verdict.status is Status.VERIFIED and verdict.form_status is Status.REFUTED
        ):
            self.gate.fatal.append(f"{right.problem}  |  right: {text}  ->  {verdict.status}")
        return verdict.status is Status.VERIFIED

    def run_mutants(self, right: RightAnswer, limit: int) -> None:
        found = list(mutants(right.value))
        self.rng.shuffle(found)
        for name, mutant in found[:limit]:
            text = text_of(mutant, right.letter, self.rng)
            verdict = self.check(right, text)
            self.gate.total += 1
            self.refuted_mutants += verdict.status is Status.REFUTED
            if verdict.status is Status.VERIFIED:
                self.gate.fatal.append(f"{right.problem}  |  {name}: {text}  ->  verified")
            else:
                self.gate.passed += 1


def mutation_gate(wanted: int, seed: int = 7) -> Gate:
    """At least `wanted` mutants, a quarter of them of the curriculum's answers, none verified."""
    gate = Gate("mutants of right answers", needed=wanted)
    rng = random.Random(seed)
    tally = _Tally(gate, rng)
    taught, own = curriculum_answers(rng), drawn_answers(rng, _ALL)
    draws = 0
    while gate.total < wanted and draws < wanted:
        right = next(taught if draws % 4 == 0 else own)
        draws += 1
        if tally.is_live(right):
            tally.run_mutants(right, _MUTANTS_PER_ANSWER)
    unread = [topic for topic in tally.drawn if not tally.verified[topic]]
    partly = [
        f"{topic} {tally.verified[topic]}/{count}"
        for topic, count in tally.drawn.items()
        if 0 < tally.verified[topic] < count
    ]
    gate.notes.append(
        f"{sum(tally.verified.values())} of {draws} right answers verified; "
        f"{tally.refuted_mutants} of {gate.total} mutants refuted, the rest unknown"
    )
    if partly:
        gate.notes.append(f"verified in part: {', '.join(partly)}")
    if unread:
        gate.notes.append(f"not recognised: {', '.join(unread)}")
    return gate


def reference_gate(wanted: int, seed: int = 11) -> Gate:
    """No mutant equals the right answer it came from; two spellings never differ."""
    gate = Gate("mutants against a reference", needed=wanted)
    rng = random.Random(seed)
    own = drawn_answers(rng, _ALL)
    spelt = verified = 0
    while gate.total < wanted:
        right = next(own)
        gold, again = (text_of(right.value, right.letter, rng) for _ in range(2))
        status = inprocess.compare_answers(gold, again, "").status
        spelt += 1
        verified += status is Status.VERIFIED
        if status is Status.REFUTED:
            gate.fatal.append(f"{gold}  |  the same: {again}  ->  refuted")
        elif status is Status.UNKNOWN:
            gate.misses.append(f"{gold}  |  {again}  ->  unknown")
        found = list(mutants(right.value))
        rng.shuffle(found)
        for name, mutant in found[:_MUTANTS_PER_ANSWER]:
            text = text_of(mutant, right.letter, rng)
            start = time.perf_counter()
            status = inprocess.compare_answers(gold, text, "").status
            gate.seconds.append(time.perf_counter() - start)
            gate.total += 1
            if status is Status.VERIFIED:
                gate.fatal.append(f"{gold}  |  {name}: {text}  ->  verified")
            else:
                gate.passed += 1
    gate.notes.append(f"{verified} of {spelt} pairs of spellings verified")
    return gate
