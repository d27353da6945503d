"""Texts to vectors by latent semantic analysis: words weighed by how rare they are, then the main directions of a corpus."""
import re
from collections import Counter

import numpy as np
from sdk import JobError, config, create_job, define_init

DIMENSIONS = 8
CORPUS = """
the queen bee lays eggs in the hive; worker bees gather nectar and make honey; a beehive is a home of bees
honey is sweet food made by bees from the nectar of flowers; the swarm leaves the hive with an old queen
a provider lends computing power and earns tokens; a pool of jobs runs on machines of many providers
programs run in containers on computing machines; a job takes input and returns output from its container
the king adds blocks of receipts to the chain; tokens are paid from the deposit of a pool on the chain
a receipt proves that a provider was paid; blocks of the chain are final and everyone can verify receipts
rain and wind come from the sea; clouds bring rain to the fields; the weather is cold in winter
snow falls in winter and the wind is cold; summer weather brings sun and warm days to the fields
"""


def words(text):
    return re.findall(r"[a-z]+", text.lower())


@define_init
def train():
    sentences = [Counter(words(s)) for s in re.split(r"[;\n]", CORPUS) if s.strip()]
    config.index = {word: at for at, word in enumerate(sorted(set().union(*sentences)))}
    counts = np.array([[s[word] for word in config.index] for s in sentences], dtype=float)
    config.rarity = np.log(len(sentences) / (counts > 0).sum(axis=0)) + 1
    _, _, directions = np.linalg.svd(counts * config.rarity, full_matrices=False)
    main = directions[:DIMENSIONS]
    # A direction and its opposite are the same: let the largest weight of each be positive on every machine.
    config.directions = main * np.sign(main[np.arange(DIMENSIONS), np.abs(main).argmax(axis=1)])[:, None]


def embed(text):
    counts = Counter(word for word in words(text) if word in config.index)
    if not counts:
        raise JobError(f"no word of {text[:60]!r} is in the corpus")
    weights = np.zeros(len(config.index))
    for word, count in counts.items():
        weights[config.index[word]] = count
    vector = config.directions @ (weights * config.rarity)
    return vector / (np.linalg.norm(vector) or 1.0)


@create_job
def similar(input):
    vectors = np.array([embed(text) for text in input["texts"]])
    # Rounded: the last bits of a sum depend on the processor, and a quorum compares bytes.
    return {"vectors": vectors.round(4), "similarity": (vectors @ vectors.T).round(4)}
