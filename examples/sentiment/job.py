"""Tells praise from complaint: a naive Bayes classifier that is trained once and then stays warm."""
from collections import Counter
from itertools import product
from math import exp, log
from re import findall

from sdk import config, create_job, define_init

GOOD = "good great superb lovely warm bright honest quick tasty calm fresh brilliant gentle solid clean".split()
BAD = "bad awful poor nasty cold dull false slow bland loud stale broken rough flimsy dirty".split()
THINGS = "honey hive garden service film book room meal phone train concert hotel coffee museum boat".split()
VERBS = "is was seems looks felt became stays isn't wasn't never not hardly".split()
MANNERS = "very really quite so truly rather fairly just simply still indeed always".split()
NEGATIONS = {"isn't", "wasn't", "never", "not", "hardly"}

def features(text):  # the words, those after a negation marked, and each pair of neighbours
    words, mark = [], ""
    for word in findall(r"[a-z']+", text.lower()):
        words.append(mark + word)
        mark = "not_" if word in NEGATIONS else mark
    return words + [f"{a} {b}" for a, b in zip(words, words[1:])]

def train():  # once per container: reads all 129,600 sentences of a small grammar
    config.seen = {True: Counter(), False: Counter()}
    for thing, verb, first, second, word in product(THINGS, VERBS, MANNERS, MANNERS[:2], GOOD + BAD):
        praise = (word in GOOD) != (verb in NEGATIONS)
        config.seen[praise].update(features(f"the {thing} {verb} {first} {second} {word}"))
    config.total = {praise: sum(counts.values()) for praise, counts in config.seen.items()}

def classify(input):  # once per job: {"text": ...} to the label, how sure it is, and what told it so
    known = [f for f in features(input["text"]) if any(f in counts for counts in config.seen.values())]
    score = {p: sum(log((config.seen[p][f] + 1) / config.total[p]) for f in known) for p in (True, False)}
    sure = 1 / (1 + exp(-abs(score[True] - score[False])))
    return {"label": "praise" if score[True] >= score[False] else "complaint", "sure": round(sure, 6), "known": known}

define_init(train)
create_job(classify)
