#fake part-every 1000
#fake parts 10 200
#fake throw told enough
from sdk import create_job


def run(input):
    raise NotImplementedError("for --runtime fake")


create_job(run)
