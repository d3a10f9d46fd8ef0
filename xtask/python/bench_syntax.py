"""Times spaCy on texts. usage: bench_syntax.py MODEL_DIR TEXTS.jsonl N_WARM   (one JSON string a line)

Prints one line of JSON: tokens, seconds of wall clock and of processor time for nlp.pipe over all texts, and for nlp(text)
one by one, after N_WARM texts that are not timed.
"""
import json
import sys
import time

import spacy

model, texts, n_warm = sys.argv[1:4]
texts = [json.loads(line) for line in open(texts, encoding="utf8")]
nlp = spacy.load(model)
for text in texts[: int(n_warm)]:
    nlp(text)


def timed(analyse):
    wall, cpu = time.perf_counter(), time.process_time()
    tokens = sum(len(doc) for doc in analyse())
    return {"tokens": tokens, "wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}


print(
    json.dumps(
        {
            "spacy": spacy.__version__,
            "pipeline": nlp.pipe_names,
            "pipe": timed(lambda: nlp.pipe(texts)),
            "single": timed(lambda: map(nlp, texts)),
        }
    )
)
