"""Values that the schedulers are checked against, from the Python package diffusers (0.42.1, torch 2.15.0, float32 on CPU).

How: python -m venv .venv; .venv/bin/pip install diffusers==0.42.1 torch==2.15.0 numpy; .venv/bin/python expected-schedules.py > expected-schedules.json
The network is replaced by a fixed function of (sample, timestep), the same as `fixedAnswer` in schedulers.test.ts, so that
only the arithmetic of the schedule is compared.
"""
import json
import numpy as np
import torch
from diffusers import (DDIMScheduler, DPMSolverMultistepScheduler, EulerDiscreteScheduler, FlowMatchEulerDiscreteScheduler, LCMScheduler)

SD = dict(beta_start=0.00085, beta_end=0.012, beta_schedule="scaled_linear", num_train_timesteps=1000)
SAMPLE = [1.5, -0.75, 0.25, -2.0, 0.0, 3.0]
ORIGINAL = [0.5, -0.5, 0.1, 0.9, -0.9, 0.0]


def answer(sample, timestep):
    return 0.5 * sample - 0.1 * torch.sin(torch.tensor(float(timestep) / 100.0)) + 0.05 * torch.arange(sample.numel()).reshape(sample.shape)


def run(name, scheduler, set_timesteps, config, sampler, steps, strength=1.0, equal=False):
    set_timesteps(scheduler)
    timesteps = [float(t) for t in scheduler.timesteps]
    start = torch.tensor(SAMPLE, dtype=torch.float32).reshape(1, 1, 2, 3)
    x = start * float(scheduler.init_noise_sigma) if hasattr(scheduler, "init_noise_sigma") else start
    states, noises = [], []
    for i, t in enumerate(scheduler.timesteps):
        seen = scheduler.scale_model_input(x, t) if hasattr(scheduler, "scale_model_input") else x
        extra = {}
        if isinstance(scheduler, LCMScheduler):
            noise = torch.randn(x.shape, generator=torch.Generator().manual_seed(i))
            noises.append([float(v) for v in noise.flatten()])
            extra["generator"] = torch.Generator().manual_seed(i)
        x = scheduler.step(answer(seen, t), t, x, **extra).prev_sample
        states.append([float(v) for v in x.flatten()])
    out = dict(name=name, sampler=sampler, steps=steps, strength=strength, equalSteps=equal, configuration=config, timesteps=timesteps, states=states)
    out["initialScale"] = float(getattr(scheduler, "init_noise_sigma", 1.0))
    if noises: out["noises"] = noises
    if hasattr(scheduler, "sigmas") and not isinstance(scheduler, (LCMScheduler, DPMSolverMultistepScheduler)): out["sigmas"] = [float(s) for s in scheduler.sigmas]
    at = 1 if steps > 1 else 0
    fresh = type(scheduler).from_config(scheduler.config)
    set_timesteps(fresh)
    original = torch.tensor(ORIGINAL, dtype=torch.float32).reshape(1, 1, 2, 3)
    t = fresh.timesteps[at:at + 1]
    noised = fresh.scale_noise(original, t, start) if hasattr(fresh, "scale_noise") else fresh.add_noise(original, start, t)
    out["noised"] = dict(step=at, values=[float(v) for v in noised.flatten()])
    return out


def main():
    cases = []
    for shift in (1.0, 3.0):
        for steps in (1, 4, 20):
            config = dict(num_train_timesteps=1000, shift=shift)
            make = lambda: FlowMatchEulerDiscreteScheduler(**config)
            cases.append(run(f"flow, default grid, shift {shift}, {steps} steps", make(), lambda s: s.set_timesteps(steps), config, "flow euler", steps))
            grid = np.linspace(1.0, 1.0 / steps, steps)
            cases.append(run(f"flow, equal steps, shift {shift}, {steps} steps", make(), lambda s: s.set_timesteps(sigmas=grid.tolist()), config, "flow euler", steps, equal=True))
    for prediction in ("epsilon", "v_prediction"):
        for spacing in ("linspace", "leading", "trailing"):
            base = dict(SD, prediction_type=prediction, timestep_spacing=spacing, steps_offset=1)
            for karras in (False, True):
                config = dict(base, use_karras_sigmas=karras)
                cases.append(run(f"euler, {prediction}, {spacing}, karras {karras}", EulerDiscreteScheduler(**config), lambda s: s.set_timesteps(5), config, "euler", 5))
            config = dict(base, clip_sample=False, set_alpha_to_one=False)
            if spacing != "linspace":
                cases.append(run(f"ddim, {prediction}, {spacing}", DDIMScheduler(**config), lambda s: s.set_timesteps(5), config, "ddim", 5))
            cases.append(run(f"dpm++ 2m, {prediction}, {spacing}", DPMSolverMultistepScheduler(**base), lambda s: s.set_timesteps(5), base, "dpm++ 2m", 5))
    config = dict(SD, clip_sample=True, set_alpha_to_one=True, steps_offset=0)
    cases.append(run("ddim, clipped", DDIMScheduler(**config), lambda s: s.set_timesteps(5), config, "ddim", 5))
    config = dict(SD, original_inference_steps=50, clip_sample=False, set_alpha_to_one=True)
    for steps in (1, 4):
        cases.append(run(f"lcm, {steps} steps", LCMScheduler(**config), lambda s: s.set_timesteps(steps, original_inference_steps=50), config, "lcm", steps))
    cases.append(run("lcm, strength 0.6", LCMScheduler(**config), lambda s: s.set_timesteps(4, original_inference_steps=50, strength=0.6), config, "lcm", 4, strength=0.6))
    print(json.dumps(dict(sample=SAMPLE, original=ORIGINAL, cases=cases), indent=None, separators=(",", ":")))


main()
