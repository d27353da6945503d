"""Trains a tiny BERT that tags people and places, on sentences it makes up: train.py OUTDIR.

A stand-in of a third of a megabyte for dslim/bert-base-NER, with the same labels and files, for machines without a model hub.
It learns from the words around a name as well as from the name, because a third of the names are hidden from it.
"""

import random
import sys

import torch
from transformers import BertConfig, BertForTokenClassification, BertTokenizerFast

LABELS = ["O", "B-MISC", "I-MISC", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC"]
PEOPLE = "Wolfgang Anna Maria John Clara Peter Sarah Paul Ingrid Emma Oliver Lucia Hans Sophie Karl Nina".split()
PLACES = "Berlin Paris London Rome Vienna Hamburg Madrid Prague Oslo Munich Lisbon Geneva Dublin Athens".split()
PATTERNS = """
My name is {P} and I live in {L} .
I am {P} from {L} .
{P} lives in {L} with {P} .
{P} met {P} in {L} last week .
We flew from {L} to {L} yesterday .
Is {P} still at home in {L} ?
In {L} the weather is fine , says {P} .
The train to {L} is late and {P} waits .
My friend {P} works near {L} .
I live here and my name is a secret .
The weather is fine and the train is late .
""".strip().split("\n")
EPOCHS, BATCH, SENTENCES, HIDDEN = 3, 32, 4000, 64


def sentence(pick):
    """Words and their labels."""
    words, labels = [], []
    for word in pick.choice(PATTERNS).split():
        kind = {"{P}": ("B-PER", PEOPLE), "{L}": ("B-LOC", PLACES)}.get(word)
        words.append(word if kind is None else pick.choice(kind[1]))
        labels.append("O" if kind is None else kind[0])
        if kind is not None and pick.random() < 1 / 3:
            words[-1] = "[UNK]"
    return words, labels


def tokenizer(folder):
    words = {word for pattern in PATTERNS for word in pattern.split() if "{" not in word}
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *sorted(words | set(PEOPLE) | set(PLACES))]
    path = f"{folder}/vocab.txt"
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n".join(vocabulary) + "\n")
    return BertTokenizerFast(path, do_lower_case=False, model_max_length=128)


def batch(tokens, pick):
    """Every word is one token, so labels only shift by [CLS]; -100 is what the loss ignores."""
    made = [sentence(pick) for _ in range(BATCH)]
    ids = [tokens.convert_tokens_to_ids(["[CLS]", *words, "[SEP]"]) for words, _ in made]
    longest = max(map(len, ids))
    labels = [[-100, *map(LABELS.index, names), -100] for _, names in made]
    pad = lambda rows, value: torch.tensor([row + [value] * (longest - len(row)) for row in rows])
    inputs = pad(ids, 0)
    return {"input_ids": inputs, "attention_mask": (inputs != 0).long(), "labels": pad(labels, -100)}


def main(folder):
    torch.manual_seed(7)
    torch.set_num_threads(1)
    pick, tokens = random.Random(7), tokenizer(folder)
    names = dict(enumerate(LABELS))
    model = BertForTokenClassification(
        BertConfig(
            vocab_size=len(tokens), hidden_size=HIDDEN, num_hidden_layers=2, num_attention_heads=2,
            intermediate_size=2 * HIDDEN, max_position_embeddings=128, id2label=names,
            label2id={label: number for number, label in names.items()},
        )
    )
    optimizer = torch.optim.AdamW(model.parameters(), lr=2e-3)
    model.train()
    for epoch in range(EPOCHS):
        for _ in range(SENTENCES // BATCH):
            loss = model(**batch(tokens, pick)).loss
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        print(f"epoch {epoch + 1}: loss {loss.item():.4f}", file=sys.stderr)
    model.save_pretrained(folder)
    tokens.save_pretrained(folder)


if __name__ == "__main__":
    main(sys.argv[1])
