"""CLIP ViT-B/32's vision tower as torch exports it, without weights: clip-vit-b32.onnx.gz, which transformers.js is measured on.

python scripts/bench/kit/export_clip.py    (torch 2.15, transformers 5.23, onnx 1.23)

The weights lie in vision_model.onnx_data, float32, in the order of their names in the checkpoint; those of linear layers
turned around, as the exporter folds them. The bench writes that file, of the same numbers that it gives the engine.
"""

import gzip
import io
import pathlib

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from transformers import CLIPVisionConfig, CLIPVisionModelWithProjection

DATA = "vision_model.onnx_data"


class Embeds(torch.nn.Module):
    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, pixel_values):
        return self.model(pixel_values).image_embeds


torch.manual_seed(0)
model = CLIPVisionModelWithProjection(CLIPVisionConfig(patch_size=32)).eval()
# Every tensor unlike every other, so that it is found again in the graph.
with torch.no_grad():
    for parameter in model.parameters():
        parameter.copy_(torch.randn_like(parameter) * 0.02)

written = io.BytesIO()
torch.onnx.export(
    Embeds(model),
    (torch.zeros(1, 3, 224, 224),),
    written,
    input_names=["pixel_values"],
    output_names=["image_embeds"],
    dynamic_axes={"pixel_values": {0: "batch_size"}, "image_embeds": {0: "batch_size"}},
    opset_version=17,
    dynamo=False,
)
exported = onnx.load_model_from_string(written.getvalue())

weights = {name: value.detach().numpy() for name, value in model.named_parameters()}
offsets, offset = {}, 0
for name in sorted(weights):
    offsets[name] = offset
    offset += weights[name].nbytes


def key_of(array):
    for name, value in weights.items():
        turned = value.T if value.ndim == 2 and "embedding" not in name else value
        if turned.shape == array.shape and np.array_equal(turned, array):
            return name
    return None


found = set()
for initializer in exported.graph.initializer:
    array = numpy_helper.to_array(initializer)
    name = key_of(array)
    assert (name is None) == (array.size < 700), initializer.name
    if name is None:
        continue
    found.add(name)
    initializer.ClearField("raw_data")
    initializer.data_location = onnx.TensorProto.EXTERNAL
    for key, value in (("location", DATA), ("offset", offsets[name]), ("length", array.nbytes)):
        initializer.external_data.add(key=key, value=str(value))
assert found == set(weights), set(weights) - found
for node in exported.graph.node:
    node.ClearField("doc_string")
target = pathlib.Path(__file__).with_name("clip-vit-b32.onnx.gz")
target.write_bytes(gzip.compress(exported.SerializeToString(), mtime=0))
print(target, target.stat().st_size)
