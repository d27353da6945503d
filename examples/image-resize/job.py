"""Fits a picture into a box: {"image": base64, "width", "height"} to a PNG of at most that size."""
from base64 import b64decode, b64encode
from io import BytesIO

from PIL import Image, UnidentifiedImageError
from sdk import JobError, create_job

Image.MAX_IMAGE_PIXELS = 50_000_000  # a small file can unpack to a picture that fills all memory


@create_job
def resize(input):
    try:
        picture = Image.open(BytesIO(b64decode(input["image"], validate=True)))
        picture.load()
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError) as error:
        raise JobError(f"this is not a picture I can read: {error}") from error
    was = list(picture.size)
    picture.thumbnail((input["width"], input["height"]), Image.Resampling.LANCZOS)
    png = BytesIO()
    picture.save(png, "PNG", optimize=True)
    return {"was": was, "is": list(picture.size), "image": b64encode(png.getvalue()).decode()}
