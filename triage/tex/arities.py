"""How many arguments macros take, by what becomes of them."""

from triage.tex.symbols import FONTS, MATH_ACCENTS, MATH_STYLES, TEXT_STYLES

FRACTIONS = frozenset(("frac", "dfrac", "tfrac", "cfrac", "nicefrac", "sfrac", "flatfrac", "nfrac"))
CHOICES = frozenset(("binom", "dbinom", "tbinom"))
STACKED = frozenset(("overset", "underset", "stackrel"))
ARROWS = {
    "xrightarrow": "→", "xleftarrow": "←", "xlongrightarrow": "⟶", "xlongleftarrow": "⟵", "xRightarrow": "⇒",
    "xLeftarrow": "⇐", "xleftrightarrow": "↔", "xLeftrightarrow": "⇔", "xmapsto": "↦", "xlongequal": "=",
    "xhookrightarrow": "↪", "xhookleftarrow": "↩", "xrightleftharpoons": "⇌", "xtwoheadrightarrow": "↠",
}  # fmt: skip
DERIVATIVES = {
    "derivative": "d", "dv": "d", "odv": "d", "partialderivative": "∂", "pderivative": "∂", "pdv": "∂",
    "functionalderivative": "δ", "fdv": "δ",
}  # fmt: skip

BRACKETS = {
    "ket": (1, "|{}⟩"), "bra": (1, "⟨{}|"), "Ket": (1, "|{}⟩"), "Bra": (1, "⟨{}|"), "braket": (1, "⟨{}⟩"),
    "Braket": (1, "⟨{}⟩"), "ketbra": (2, "|{}⟩⟨{}|"), "dyad": (2, "|{}⟩⟨{}|"), "innerproduct": (2, "⟨{}|{}⟩"),
    "expval": (1, "⟨{}⟩"), "expectationvalue": (1, "⟨{}⟩"), "vev": (1, "⟨{}⟩"), "abs": (1, "|{}|"),
    "absolutevalue": (1, "|{}|"), "norm": (1, "‖{}‖"), "floor": (1, "⌊{}⌋"), "ceil": (1, "⌈{}⌉"),
    "commutator": (2, "[{}, {}]"), "comm": (2, "[{}, {}]"), "anticommutator": (2, "{{{}, {}}}"),
    "poissonbracket": (2, "{{{}, {}}}"), "pmod": (1, "(mod {})"), "pod": (1, "({})"), "tag": (1, "({})"),
}  # fmt: skip
"""Arguments and their brackets, as the packages physics, braket and mathtools name them."""
SET_APART = frozenset(("pmod", "pod", "tag"))
"""Brackets that stand a space away from what is before them."""

TABLES = {
    "cases": "()", "matrix": "()", "pmatrix": "()", "bordermatrix": "()", "eqalign": ("", ""),
    "eqalignno": ("", ""), "leqalignno": ("", ""), "displaylines": ("", ""),
}  # fmt: skip
"""Plain TeX's tables, and what encloses them."""
ENVIRONMENT_BRACKETS = {
    "array": "()", "darray": "()", "matrix": "()", "pmatrix": "()", "smallmatrix": "()", "cases": "()",
    "dcases": "()", "rcases": "()", "bmatrix": "[]", "vmatrix": "||", "Bmatrix": "{}", "Vmatrix": "‖‖",
}  # fmt: skip
"""LaTeX's environments whose rows and cells are parted by signs, and what encloses them."""

LAST_SHOWN = {
    "textcolor": 2, "colorbox": 2, "fcolorbox": 3, "raisebox": 2, "scalebox": 2, "rotatebox": 2,
    "resizebox": 3, "parbox": 2, "foreignlanguage": 2, "texorpdfstring": 2, "adjustbox": 2,
}  # fmt: skip
"""Only the last of the arguments is text; the others say how it looks."""
HIDDEN = {
    "color": 1, "label": 1, "hspace": 1, "vspace": 1, "mspace": 1, "phantom": 1, "hphantom": 1, "vphantom": 1,
    "rule": 2, "fontsize": 2, "pagestyle": 1, "thispagestyle": 1, "selectlanguage": 1, "bibliographystyle": 1,
    "usepackage": 1, "setlength": 2, "addtolength": 2, "definecolor": 3,
}  # fmt: skip
"""Nothing of the arguments is shown."""

ARITY = {
    **dict.fromkeys(TABLES, 1),
    "sqrt": 1, "not": 1, "slashed": 1, "ce": 1,
    **dict.fromkeys((*FRACTIONS, *CHOICES, *STACKED), 2),
    **dict.fromkeys(ARROWS, 1),
    **dict.fromkeys((*FONTS, *MATH_ACCENTS, *MATH_STYLES, *TEXT_STYLES), 1),
    **{name: count for name, (count, _) in BRACKETS.items()},
    **dict.fromkeys(DERIVATIVES, 2),
    "textcolor": 2, "mathchoice": 4,
}  # fmt: skip
"""How many arguments a math macro takes."""
