"""Run by quantulum.py inside quantulum3's own environment: sentences in as JSON, quantities and speed out."""

import json
import logging
import statistics
import sys
import time

from quantulum3 import parser

logging.disable(logging.CRITICAL)  # a word about the classifier we leave out, for every sentence


def read(sentence: str) -> list:
    try:
        return parser.parse(sentence)
    except Exception:  # it raises on some texts; that sentence counts as read without a quantity
        return []


def row(quantity) -> dict:
    spread = quantity.uncertainty
    return {
        "start": quantity.span[0],
        "end": quantity.span[1],
        "value": quantity.value,
        "low": quantity.value - spread if spread else None,
        "high": quantity.value + spread if spread else None,
        "unit": quantity.unit.name,
        "currency": getattr(quantity.unit, "currency_code", None),
    }


asked = json.load(sys.stdin)
found = [[[row(quantity) for quantity in read(sentence)] for sentence in statement] for statement in asked]
sentences = [sentence for statement in asked for sentence in statement]
seconds = []
for _ in range(3):
    start = time.perf_counter()
    for sentence in sentences:
        read(sentence)
    seconds.append(time.perf_counter() - start)
json.dump({"found": found, "sentences a second": len(sentences) / statistics.median(seconds)}, sys.stdout)
