#fake part-every 1000
#fake clock 20
#fake throw told enough
from sdk import create_job


def run(input):
    raise NotImplementedError("for --runtime fake")


create_job(run)
