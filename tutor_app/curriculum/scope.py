"""What the small model says where it is asked for something it was not trained on."""

import random
from dataclasses import dataclass

from tutor_app.curriculum.skill import WorkedLine, WorkedProblem

_QUESTIONS = (
    "Hello", "Hi", "Hello!", "Hi there", "Good morning", "Hey", "How are you?",
    "Who are you?", "What are you?", "What is your name?", "What can you do?", "Help",
    "Can you help me?", "Thanks", "Thank you", "Tell me a joke", "Write a poem about the sea",
    "What is the capital of France?", "What is the weather like today?", "Who is the president?",
    "Tell me about history", "Explain photosynthesis", "Why is the sky blue?",
    "What is gravity?", "Explain how a car engine works", "Write an essay about dogs",
    "Translate this into French", "What is the meaning of life?", "Who won the match?",
    "Recommend a book", "Sing a song", "What time is it?", "Do my homework",
    "Integrate sin x", "Find the integral of x^2", "Solve the system x+y=3, x-y=1",
    "Solve x^3-2x+1=0", "Write a Python function that sorts a list", "Write a C++ program",
    "What is the area of a circle?", "A train leaves at noon. When does it arrive?",
    "How many apples does Tom have?", "Find the limit of sin x/x", "Prove that 1+1=2",
    "What is 2.5 times 3.7?", "Convert 72 km/h to m/s", "What is the speed of light?",
    "Balance the equation H2+O2=H2O", "Factor x^2+5x+6", "Plot y=x^2",
)  # fmt: skip
_REPLY = (
    "I am the small built-in model. I can do whole-number arithmetic, order of operations, "
    "fractions, percentages, linear equations, quadratic equations and derivatives of "
    "polynomials. For anything else, import a larger model."
)


@dataclass(frozen=True, slots=True)
class Scope:
    """Greetings and questions out of range, answered by saying what the model is."""

    name: str = "scope"
    title: str = "What the model is"
    levels: tuple[str, ...] = ("any",)

    def draw(self, rng: random.Random, level: int) -> WorkedProblem:
        """A question out of range and the one honest reply."""
        question = rng.choice(_QUESTIONS)
        text = rng.choice((question, question.lower(), question.rstrip("?!")))
        return WorkedProblem(self.name, level, question, text, (WorkedLine("", _REPLY),), "")
