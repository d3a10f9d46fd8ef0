"""Analyses texts with spaCy and writes what the golden test of crates/syntax compares with.

usage: golden.py MODEL_DIR TEXTS.jsonl N_TEXTS OUT.tsv [ACTIVATIONS.tsv TO_JSON.jsonl]

OUT.tsv, one line a token:  text (JSON, without its quotes), "_" if a space follows, class, lemma ("=" the text, "~" its
lower-case form), label, distance to the head, "|" at the start of a sentence, entity ("B-GPE", "I-GPE", "").
Classes are numbered lines "# class N TAG POS MORPH"; each text begins with a line "# text N".
"""
import json
import sys

import spacy

# Texts of which activations and to_json are written.
ACTIVATIONS, TO_JSON = [3, 30], range(3, 260, 37)

model, texts, n_texts, out = sys.argv[1:5]
nlp = spacy.load(model)
texts = [json.loads(line) for line in open(texts, encoding="utf8")][: int(n_texts)]
classes = {}
lines = []
for n, text in enumerate(texts):
    doc = nlp(text)
    assert doc.text == text
    lines.append(f"# text {n}")
    starts = {sent.start for sent in doc.sents}
    for token in doc:
        key = (token.tag_, token.pos_, str(token.morph))
        if key not in classes:
            classes[key] = len(classes)
            lines.append("# class %d %s %s %s" % (classes[key], *key))
        quoted = json.dumps(token.text, ensure_ascii=False)[1:-1]
        lemma = json.dumps(token.lemma_, ensure_ascii=False)[1:-1]
        if token.lemma_ == token.text:
            lemma = "="
        elif token.lemma_ == token.text.lower():
            lemma = "~"
        entity = f"{token.ent_iob_}-{token.ent_type_}" if token.ent_type_ else ""
        lines.append(
            "\t".join(
                [
                    quoted,
                    "_" if token.whitespace_ else "",
                    str(classes[key]),
                    lemma,
                    token.dep_,
                    str(token.head.i - token.i),
                    "|" if token.i in starts else "",
                    entity,
                ]
            )
        )
meta = nlp.meta
head = f"# made with spaCy {spacy.__version__}, {meta['lang']}_{meta['name']} {meta['version']}"
with open(out, "w", encoding="utf8", newline="\n") as file:
    file.write("\n".join([head, *lines]) + "\n")

if len(sys.argv) > 5:
    shared = nlp.get_pipe("tok2vec").model
    own = nlp.get_pipe("ner").model.get_ref("tok2vec").layers[0]
    with open(sys.argv[5], "w", encoding="utf8", newline="\n") as file:
        file.write(f"# texts {ACTIVATIONS}: outputs of the shared encoder and of the entity recogniser's, one line a token\n")
        for n in ACTIVATIONS:
            doc = nlp.make_doc(texts[n])
            for a, b in zip(shared.predict([doc])[0], own.predict([doc])[0]):
                file.write("\t".join("%.5g" % x for x in [*a, *b]) + "\n")
    with open(sys.argv[6], "w", encoding="utf8", newline="\n") as file:
        for n in TO_JSON:
            file.write(json.dumps(nlp(texts[n]).to_json(), ensure_ascii=False, separators=(",", ":")) + "\n")
