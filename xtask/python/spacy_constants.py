"""Writes the constants of the spaCy package that its English pipelines rely on but do not carry in their own files.

usage: spacy_constants.py OUT.json        (spaCy 3.8 must be installed; spaCy is MIT-licensed, (c) ExplosionAI GmbH)
"""
import json
import sys

import spacy
from spacy.lang.norm_exceptions import BASE_NORMS
from spacy.symbols import IDS

json.dump(
    {
        "provenance": f"spaCy {spacy.__version__} (MIT, ExplosionAI GmbH): spacy.symbols.IDS, BASE_NORMS",
        "symbols": {name: value for name, value in sorted(IDS.items(), key=lambda item: item[1])},
        "base_norms": BASE_NORMS,
    },
    open(sys.argv[1], "w", encoding="utf8"),
    ensure_ascii=False,
    indent=1,
)
