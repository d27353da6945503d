import mmap

from sdk import create_job, define_init

MODEL = "/models/hub/models--bench--weights/snapshots/" + "0" * 40 + "/weights.bin"


def load():
    with open(MODEL, "rb") as file:
        weights = mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ)
    for at in range(0, len(weights), mmap.PAGESIZE):
        weights[at]
    return weights


define_init(load)
create_job(lambda input: input)
