"""The sentence patterns of problems, whole sentences only.

Every pattern must match the whole statement, and every formula in it is read by the strict
parser. So a condition, a second question or an unknown word leaves the problem unrecognised
instead of half read.
"""

import re
from re import Pattern
from typing import Final

_ASK: Final = (
    r"(?i:(?:please\s+|can you\s+|could you\s+)?"
    r"(?:calculate|compute|evaluate|work out|find|determine|give|what is|what's|what are"
    r"|how much is))"
)
_THE_VALUE: Final = r"(?i:\s+the\s+(?:exact\s+)?(?:value|result|answer)\s+(?:of|to|for))?"
_FOR: Final = r"(?:,?\s*(?i:for)\s+(?:the\s+(?:variable|unknown)\s+)?(?P<unknown>[A-Za-z]))?"
_OVER_REALS: Final = (
    r"(?:,?\s*(?i:(?:over|in)\s+(?:the\s+)?(?:real(?:s| numbers)|set of real numbers)))?"
)
_EQUATION_NOUN: Final = (
    r"(?i:(?:the\s+)?(?:following\s+)?(?:(?:linear|quadratic|cubic|polynomial|rational)\s+)?"
    r"(?:equations?|inequality|inequation|system(?:\s+of\s+(?:linear\s+)?equations)?)\s*:?\s*)?"
)
_REAL: Final = r"(?:\s+(?i:real|possible|exact|distinct))*"
_MATH: Final = r"(?P<math>.+?)"


def _whole(*parts: str) -> Pattern[str]:
    # No "!": at the end of "Calculate 5!" it is a factorial.
    return re.compile("".join(parts) + r"\s*[.?:]?", re.DOTALL)


SOLVE: Final = (
    _whole(r"(?i:(?:please\s+)?solve)\s*(?::\s*|\s)", _EQUATION_NOUN, _MATH, _FOR, _OVER_REALS),
    _whole(
        r"(?i:(?:please\s+)?solve\s+for)\s+(?P<unknown>[A-Za-z])"
        r"(?i:\s+in\s+(?:the\s+equation\s+)?|\s+(?:if|when|given|where)\s+|\s*[:,]\s*|\s+)",
        _MATH,
        _OVER_REALS,
    ),
    _whole(
        r"(?i:find|determine|calculate|work out|what is|what are|give)\s+(?i:all\s+)?",
        r"(?i:(?:the\s+)?(?:real\s+)?(?:values?|solutions?)\s+(?:of|for)\s+)?(?P<unknown>[A-Za-z])",
        r"\s*(?i:if|when|given(?: that)?|such that|so that|for which|where|in|with|:|,\s*if)\s*",
        _EQUATION_NOUN,
        _MATH,
    ),
    _whole(
        r"(?i:find|determine|calculate|work out|what are|what is|give|state|list)",
        r"(?:\s+(?i:all|the|every))*",
        _REAL,
        r"\s+(?i:solutions?|roots?|solution set)\s+(?i:of|to|for)\s+",
        _EQUATION_NOUN,
        _MATH,
        _FOR,
        _OVER_REALS,
    ),
    _whole(
        r"(?i:find|determine|give|list)\s+(?i:all\s+)?(?i:the\s+)?(?i:real\s+)?(?i:numbers?|values)"
        r"\s+(?i:of\s+)?(?P<unknown>[A-Za-z])\s+(?i:such that|for which|that satisfy|satisfying"
        r"|with|which satisfy|that solve|so that)\s+",
        _EQUATION_NOUN,
        _MATH,
    ),
    _whole(
        r"(?i:what|which|for\s+(?:what|which))\s+(?i:values?|numbers?)\s+(?i:of\s+)?"
        r"(?P<unknown>[A-Za-z])\s+(?i:satisf(?:y|ies)|solves?|makes?|is|does)\s+",
        _EQUATION_NOUN,
        _MATH,
        r"(?i:\s+true)?",
    ),
    _whole(
        r"(?i:find|determine)\s+(?i:all\s+)?(?i:the\s+)?(?i:values?)\s+(?i:of\s+)"
        r"(?P<unknown>[A-Za-z])\s+(?i:that|which)\s+(?i:satisf(?:y|ies)|solves?|makes?)\s+",
        _EQUATION_NOUN,
        _MATH,
        r"(?i:\s+true)?",
    ),
    _whole(
        r"(?i:if|given|given that|suppose|suppose that|let)\s+",
        _MATH,
        r"\s*[,.;:]?\s*(?i:then\s+)?(?i:what is|find|determine|solve for|calculate)\s+",
        r"(?i:the\s+(?:value|values)\s+of\s+)?(?P<unknown>[A-Za-z])",
    ),
    _whole(
        _MATH,
        r"\s*[.,;:]\s*(?i:what is|find|determine|solve for|calculate)\s+",
        r"(?i:the\s+value(?:s)?\s+of\s+)?(?P<unknown>[A-Za-z])",
    ),
)
"""`math` is the equation or inequality; `unknown` may be missing."""

ZEROS: Final = (
    _whole(
        r"(?i:find|determine|what are|give|list)(?:\s+(?i:all|the|every))*",
        _REAL,
        r"\s+(?i:zeros|zeroes|roots)\s+(?i:of)\s+(?i:the\s+)?"
        r"(?i:(?:quadratic\s+)?(?:polynomial|function|expression)\s+)?(?:[a-z]\([a-z]\)\s*=\s*)?",
        _MATH,
    ),
)

DIFFERENTIATE: Final = (
    _whole(
        r"(?i:(?:please\s+)?differentiate)\s+",
        r"(?i:the\s+)?(?i:function\s+|polynomial\s+|expression\s+)?",
        _MATH,
        r"(?:,?\s*(?i:with respect to|w\.?r\.?t\.?|by)\s+(?P<variable>[A-Za-z]))?",
    ),
    _whole(
        r"(?i:find|calculate|compute|determine|what is|work out|give|write down)\s+",
        r"(?i:the\s+)?(?i:first\s+)?(?i:derivative)\s+(?i:of)\s+"
        r"(?i:the\s+)?(?i:function\s+|polynomial\s+|expression\s+)?",
        _MATH,
        r"(?:,?\s*(?i:with respect to|w\.?r\.?t\.?|by)\s+(?P<variable>[A-Za-z]))?",
    ),
    _whole(
        r"(?i:find|calculate|compute|determine|what is|work out)\s+"
        r"(?P<wanted>[A-Za-z]'(?:\([a-z]\))?"
        r"|d[a-z]/d[a-z]|\\[dt]?frac\{d[a-z]\}\{d[a-z]\})\s*"
        r"(?i:if|when|for|given(?: that)?|where|of|,\s*(?:if|where|given(?: that)?)|:)\s*"
        r"(?i:the function\s+)?",
        _MATH,
    ),
    _whole(
        r"(?i:(?:if|given|given that|let|for|suppose|consider)\s+)?(?i:the\s+function\s+)?",
        _MATH,
        r"\s*[,.;:]?\s*(?i:then\s+)?(?i:find|calculate|compute|determine|what is|work out)\s+",
        r"(?P<wanted>[A-Za-z]'(?:\([a-z]\))?|d[a-z]/d[a-z]|\\[dt]?frac\{d[a-z]\}\{d[a-z]\}"
        r"|(?i:the\s+)?(?i:first\s+)?(?i:derivative)"
        r"(?:\s+(?i:of\s+(?:the\s+function|[a-z]\([a-z]\)|[a-z])))?)",
    ),
)
"""`math` is `f(x) = …`, `y = …` or an expression; `wanted` names what is asked for."""

REWRITE: Final = (
    (
        _whole(
            r"(?i:(?:please\s+)?(?:fully\s+|completely\s+)?simplify(?:\s+(?:fully|completely))?)"
            r"(?i:\s+the\s+(?:following\s+)?(?:expression|fraction))?\s*:?\s+",
            _MATH,
        ),
        "simplify",
    ),
    (
        _whole(
            r"(?i:(?:please\s+)?(?:expand|multiply out)"
            r"(?:\s+and\s+(?:simplify|collect like terms))?)"
            r"(?i:\s+the\s+(?:brackets|parentheses|product|expression)(?:\s+in)?)?\s*:?\s+",
            _MATH,
        ),
        "expand",
    ),
    (
        _whole(
            r"(?i:(?:please\s+)?(?:fully\s+|completely\s+)?factor(?:i[sz]e)?"
            r"(?:\s+(?:fully|completely))?)"
            r"(?i:\s+the\s+(?:(?:quadratic|following)\s+)?(?:expression|polynomial|trinomial))?"
            r"\s*:?\s+",
            _MATH,
            r"(?i:\s+(?:fully|completely))?",
        ),
        "factor",
    ),
)

_OF: Final = r"\s*(?i:of)\s*"
_PERCENT: Final = r"(?P<rate>.+?)\s*(?:\\?%|(?i:percent|per cent))"
PERCENT_OF: Final = (_whole(rf"(?:{_ASK}{_THE_VALUE}\s+)?", _PERCENT, _OF, r"(?P<base>.+?)"),)
PERCENT_CHANGE: Final = (
    _whole(
        r"(?i:(?P<direction>increase|decrease|reduce|raise))\s+(?P<base>.+?)\s+(?i:by)\s+", _PERCENT
    ),
    _whole(
        rf"{_ASK}\s+(?P<base>.+?),?\s+"
        r"(?i:(?P<direction>increased|decreased|reduced|raised))\s+(?i:by)\s+",
        _PERCENT,
    ),
)
PERCENT_OFF: Final = (
    _whole(r"(?i:take|subtract)\s+", _PERCENT, r"\s+(?i:off|from)\s+(?P<base>.+?)"),
    _whole(rf"{_ASK}\s+", _PERCENT, r"\s+(?i:off)\s+(?P<base>.+?)"),
)
PERCENT_ON: Final = (
    _whole(r"(?i:add)\s+", _PERCENT, r"\s+(?i:to)\s+(?P<base>.+?)"),
    _whole(
        rf"{_ASK}\s+(?P<base>\S+)\s+(?P<direction>(?i:plus|minus))\s+",
        _PERCENT,
        r"\s+(?i:of\s+(?:it|itself|that))",
    ),
)
CANCEL: Final = (_whole(r"(?i:cancel)\s+(?i:the\s+fraction\s+)?", _MATH, r"(?i:\s+down)?"),)
_PERCENTAGE: Final = r"(?i:(?:a\s+|what\s+)?(?:percentage|percent|per cent|%))"
PERCENTAGE: Final = (
    _whole(
        r"(?i:write|express|give|find|calculate|what is)\s+(?P<part>.+?)\s+(?i:as)\s+",
        rf"(?i:a\s+)?{_PERCENTAGE}\s+(?i:of)\s+(?P<base>.+?)",
    ),
    _whole(rf"(?P<part>\S+)\s+(?i:is)\s+{_PERCENTAGE}\s+(?i:of)\s+(?P<base>.+?)"),
    _whole(rf"(?i:what)\s+{_PERCENTAGE}\s+(?i:of)\s+(?P<base>\S+)\s+(?i:is)\s+(?P<part>.+?)"),
)
PERCENT_BASE: Final = (
    _whole(
        _PERCENT, r"\s+(?i:of)\s+(?i:what|which|a)\s+(?i:number|amount)\s+(?i:is)\s+(?P<part>.+?)"
    ),
    _whole(
        r"(?P<part>\S+)\s+(?i:is)\s+",
        _PERCENT,
        r"\s+(?i:of)\s+(?i:what|which)\s+(?i:number|amount)",
    ),
)

REMAINDER: Final = (
    _whole(
        r"(?i:divide)\s+(?P<dividend>\S+)\s+(?i:by)\s+(?P<divisor>\S+?)[,.]?\s*"
        r"(?i:(?:and\s+)?(?:with|give|find|state|write)\s+(?:a\s+|the\s+)?(?:quotient\s+and\s+)?"
        r"(?:the\s+)?remainder)",
    ),
    _whole(
        r"(?i:find|what (?:is|are)|calculate|determine|give|work out)\s+(?i:the\s+)?"
        r"(?i:quotient\s+and)"
        r"\s+(?i:the\s+)?(?i:remainder)\s+(?i:when|of|for|if)\s+"
        r"(?P<dividend>\S+?)\s*(?i:is\s+divided\s+by|divided\s+by|÷|\\div|/)\s*(?P<divisor>\S+?)",
    ),
    _whole(
        r"(?:(?i:calculate|compute|work out|find|what is|evaluate)\s+)?"
        r"(?P<dividend>[\d,]+)\s*(?i:÷|\\div|/|divided by)\s*(?P<divisor>\d+),?\s*"
        r"(?i:with|giving)\s+(?i:a\s+|the\s+)?(?i:quotient\s+and\s+)?(?i:the\s+)?(?i:remainder)",
    ),
)

REMAINDER_ONLY: Final = (
    _whole(
        r"(?i:find|what is|calculate|determine|work out)\s+(?i:the\s+)?(?i:remainder)\s+"
        r"(?i:when|of|for|if)\s+(?P<dividend>\S+?)\s*(?i:is\s+divided\s+by|divided\s+by|÷|/)"
        r"\s*(?P<divisor>\S+?)",
    ),
)
OPERATIONS: Final = (
    (_whole(r"(?i:add)\s+(?P<first>\S+)\s+(?i:and|to)\s+(?P<second>\S+?)"), "+"),
    (_whole(r"(?i:subtract|take)\s+(?P<second>\S+)\s+(?i:from)\s+(?P<first>\S+?)"), "-"),
    (_whole(r"(?i:multiply)\s+(?P<first>\S+)\s+(?i:by|and|with)\s+(?P<second>\S+?)"), "*"),
    (_whole(r"(?i:divide)\s+(?P<first>\S+)\s+(?i:by)\s+(?P<second>\S+?)"), "/"),
    (
        _whole(
            rf"(?:{_ASK}\s+)?(?i:the\s+)?(?i:sum\s+of)\s+(?P<first>\S+)\s+and\s+(?P<second>\S+?)"
        ),
        "+",
    ),
    (
        _whole(
            rf"(?:{_ASK}\s+)?(?i:the\s+)?(?i:product\s+of)\s+(?P<first>\S+)\s+and\s+",
            r"(?P<second>\S+?)",
        ),
        "*",
    ),
    (
        _whole(rf"(?:{_ASK}\s+)?(?P<first>\S+)\s+(?i:plus|added to)\s+(?P<second>\S+?)"),
        "+",
    ),
    (_whole(rf"(?:{_ASK}\s+)?(?P<first>\S+)\s+(?i:minus)\s+(?P<second>\S+?)"), "-"),
    (
        _whole(rf"(?:{_ASK}\s+)?(?P<first>\S+)\s+(?i:times|multiplied by)\s+(?P<second>\S+?)"),
        "*",
    ),
    (_whole(rf"(?:{_ASK}\s+)?(?P<first>\S+)\s+(?i:divided by)\s+(?P<second>\S+?)"), "/"),
)

DIVISORS: Final = (
    (
        _whole(
            rf"(?:{_ASK}\s+)?(?i:the\s+)?",
            r"(?i:greatest common (?:divisor|factor)|highest common factor|gcd|hcf|gcf)\s*",
            r"(?i:\((?:gcd|hcf|gcf)\)\s*)?(?i:of)\s+(?P<first>\S+)\s+and\s+(?P<second>\S+?)",
        ),
        "gcd",
    ),
    (
        _whole(
            rf"(?:{_ASK}\s+)?(?i:the\s+)?(?i:(?:least|lowest|smallest) common multiple|lcm)\s*"
            r"(?i:\(lcm\)\s*)?(?i:of)\s+(?P<first>\S+)\s+and\s+(?P<second>\S+?)"
        ),
        "lcm",
    ),
)

INTEGRATE: Final = (
    _whole(
        r"(?i:(?:please\s+)?integrate)\s+",
        _MATH,
        r"(?:,?\s*(?i:with respect to|w\.?r\.?t\.?)\s+(?P<variable>[A-Za-z]))?",
    ),
    _whole(
        r"(?i:find|calculate|compute|determine|what is|work out)\s+(?i:the\s+|an\s+)?"
        r"(?i:indefinite\s+integral|integral|antiderivative)\s+(?i:of)\s+",
        _MATH,
        r"(?:,?\s*(?i:with respect to|w\.?r\.?t\.?)\s+(?P<variable>[A-Za-z]))?",
    ),
)

EVALUATE: Final = (
    _whole(
        rf"(?:{_ASK}{_THE_VALUE}(?i:\s+the\s+(?:following\s+)?(?:expression|integral|limit))?"
        r"\s*:?\s+)?",
        _MATH,
        r"\s*(?:=\s*\?*)?",
    ),
)

DOMAIN: Final = (
    _whole(
        r"(?i:find|determine|what is|state|give)\s+(?i:the\s+)?(?i:natural\s+|maximal\s+)?"
        r"(?i:domain)\s+(?i:of)\s+(?i:the\s+function\s+)?",
        _MATH,
    ),
)
PRIMES: Final = (
    _whole(
        r"(?i:write|express)\s+(?P<math>[\d,]+)\s+(?i:as\s+a\s+product\s+of\s+"
        r"(?:its\s+)?prime(?:s|\s+factors|\s+powers|\s+numbers))",
    ),
    _whole(
        r"(?i:find|give|write|what is|determine)\s+(?i:the\s+)?(?i:prime\s+factori[sz]ation)\s+"
        r"(?i:of)\s+(?P<math>[\d,]+)",
    ),
)
COMPLEX_FORM: Final = (
    _whole(
        r"(?i:write|express|simplify|give|find|calculate)\s+",
        _MATH,
        r"\s+(?i:in\s+the\s+form)\s+a\s*\+\s*(?:bi|ib)",
    ),
)
DISTANCE: Final = (
    _whole(
        r"(?i:find|calculate|what is|determine)\s+(?i:the\s+)?(?i:distance)\s+(?i:between)\s+"
        r"(?i:the\s+)?(?i:points?\s+)?(?P<first>\([^()]+\))\s+(?i:and)\s+(?P<second>\([^()]+\))",
    ),
)

REDUCE: Final = (
    _whole(
        r"(?i:(?:please\s+)?(?:write|express|reduce|simplify|put|give))\s+"
        r"(?i:the\s+fraction\s+)?",
        _MATH,
    ),
)
"""`Write 12/18`, once "in lowest terms" has been taken off."""

NOISE: Final = (
    # Each begins where a run of stops begins: at every stop of a long run it would be slow.
    re.compile(
        r"(?i)(?<![\s.,;:])[\s.,;:]*+(?:please\s+)?(?:and\s+)?(?:show|write(?:\s+down)?|explain)\s+"
        r"(?:all\s+)?(?:of\s+)?"
        r"(?:your\s+|the\s+|each\s+)?(?:work(?:ing)?s?|steps?|reasoning|method)"
        r"(?:\s+step[ -]by[ -]step|\s+clearly)?\s*[.!]?$"
    ),
    re.compile(r"(?i)(?<![\s.,;:])[\s.,;:]++step[ -]by[ -]step\s*[.!]?$"),
    # How it is to be found changes nothing about what is right.
    re.compile(
        r"(?i)(?<![\s.,;:])[\s.,;:]++(?:by|using|with)\s+(?:the\s+)?(?:method\s+of\s+)?"
        r"(?:factori[sz]ing|factoring|factori[sz]ation|completing\s+the\s+square"
        r"|quadratic\s+formula|substitution|elimination|integration\s+by\s+parts"
        r"|l'h[oô]pital's\s+rule|(?:chain|product|quotient|power)\s+rule|(?:polynomial\s+)?long\s+division"
        r"|synthetic\s+division|(?:remainder|factor)\s+theorem|euclidean\s+algorithm"
        r"|first\s+principles)\s*[.!]?$"
    ),
)
LOWEST_TERMS: Final = (
    re.compile(
        r"(?i)(?<![\s.,;:])[\s.,;:]*+(?:and\s+)?(?:please\s+)?"
        r"(?:(?:give|write|express|leave|state|put|simplify)\s+)?"
        r"(?:(?:your\s+|the\s+)?(?:final\s+)?(?:answer|result)\s+)?"
        r"(?:as\s+a\s+(?:single\s+)?fraction\s+)?"
        r"(?:in|to)\s+(?:its\s+|the\s+|their\s+)?(?:simplest|lowest|reduced|most simplified)\s+"
        r"(?:form|terms?)\s*[.!?]?$"
    ),
    re.compile(
        r"(?i)(?<![\s.,;:])[\s.,;:]*+(?:(?:give|write|express|leave|state)\s+)?"
        r"(?:(?:your\s+|the\s+)?(?:final\s+)?(?:answer|result)\s+)?as\s+a\s+"
        r"(?:simplified|reduced|fully simplified)\s+fraction\s*[.!?]?$"
    ),
    re.compile(
        r"(?i)(?<![\s.,;:])[\s.,;:]++(?:and\s+)?simplify(?:\s+(?:your|the)\s+(?:answer|result|fraction))?"
        r"(?:\s+(?:fully|completely|if possible))?\s*[.!?]?$"
    ),
)
