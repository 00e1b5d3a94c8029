"""Renders a conversation through the chat template that a model file carries.

Templates are programs from a stranger's file, so Jinja runs them in its sandbox. llama.cpp's own
template function is not used: it knows a fixed list of formats and guesses which one is meant.
"""

from datetime import datetime
from typing import NoReturn

import jinja2
from jinja2.sandbox import ImmutableSandboxedEnvironment

from tutor_app.core.errors import GenerationFailed
from tutor_app.core.ports import ChatMessage


def _refuse(message: str) -> NoReturn:
    raise jinja2.TemplateError(message)


def _now(pattern: str) -> str:
    return datetime.now().astimezone().strftime(pattern)


def _without_marks(text: str) -> str:
    """Text in which nothing reads as a control token such as `<|eot_id|>`."""
    return text.replace("<|", "< |")


def render_chat(template: str, messages: tuple[ChatMessage, ...], *, begin: str, end: str) -> str:
    """The prompt, up to where the assistant's answer begins.

    Raises:
        GenerationFailed: the template is broken or refuses the conversation.
    """
    environment = ImmutableSandboxedEnvironment(
        trim_blocks=True, lstrip_blocks=True, extensions=["jinja2.ext.loopcontrols"]
    )
    environment.globals.update(raise_exception=_refuse, strftime_now=_now)
    turns = [
        {"role": str(message.role), "content": _without_marks(message.text)} for message in messages
    ]
    try:
        return environment.from_string(template).render(
            messages=turns,
            bos_token=begin,
            eos_token=end,
            add_generation_prompt=True,
        )
    except (jinja2.TemplateError, TypeError, ValueError, ArithmeticError) as error:
        raise GenerationFailed(
            f"The model's chat template does not accept this conversation: {error}.",
            hint="Choose another model file.",
        ) from error
