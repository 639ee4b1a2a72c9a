"""The exponential moving average of a model's weights, which draws better than the weights themselves."""

from contextlib import contextmanager

import torch


class Average:
    """
    Float32, on the model's device. Young averages follow faster: the decay is at most (1 + n) / (10 + n) after n
    updates, as in TensorFlow's ExponentialMovingAverage.
    """

    def __init__(self, model: torch.nn.Module, decay: float):
        self.decay = decay
        self.updates = 0
        self.weights = {name: tensor.detach().clone() for name, tensor in model.state_dict().items()}

    @torch.no_grad()
    def update(self, model: torch.nn.Module) -> None:
        decay = min(self.decay, (1 + self.updates) / (10 + self.updates))
        self.updates += 1
        floats, news = [], []
        for name, tensor in model.state_dict().items():
            if tensor.is_floating_point():
                floats.append(self.weights[name])
                news.append(tensor)
            else:
                self.weights[name].copy_(tensor)
        torch._foreach_lerp_(floats, news, 1 - decay)

    @contextmanager
    def inside(self, model: torch.nn.Module):
        """The model with these weights, for as long as the context lasts."""
        own = {name: tensor.clone() for name, tensor in model.state_dict().items()}
        was_training = model.training
        model.load_state_dict(self.weights)
        model.eval()
        try:
            yield model
        finally:
            model.load_state_dict(own)
            model.train(was_training)

    def state_dict(self) -> dict:
        return {"updates": self.updates, "weights": self.weights}

    def load_state_dict(self, state: dict) -> None:
        self.updates = state["updates"]
        for name, tensor in state["weights"].items():
            self.weights[name].copy_(tensor)
