from sdk import create_job


def echo(input):
    return input


create_job(echo)
