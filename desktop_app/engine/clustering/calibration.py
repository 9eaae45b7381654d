"""What a confidence means: the same for every method, and nothing of it taken from labels.

Of a hundred photos with a confidence of 70 %, seventy stay with their group when a random half of the folder is grouped
anew with another seed (groups matched one to one). Each method has a confidence of its own making; a slope and a shift
of its log odds, fitted to what stayed (Platt 1999), make these mean that. Below 50 %, a photo would sooner leave its
group than stay: that is where the default calls it unsure.

Fitted and looked at on three labeled folders with three qualities of features, at the true and at the suggested number
of groups, four halves each (so a development figure). "Unsure" is the share of photos below 50 %; "right" the share
whose label is the most frequent one of their group, of those below and above; "before" what stood below 50 % until
2026-11-30; "off" the mean distance of the confidence to the share that stayed, over bins of ten percent. In percent:

| method | stay | off | unsure before | unsure (least..most) | stay below, above | right below, above |
|---|---|---|---|---|---|---|
| kmeans | 74 | 2 | 23 | 14 (1..31) | 38, 80 | 32, 73 |
| agglomerative | 68 | 3 | 30 | 25 (6..49) | 34, 79 | 29, 77 |
| gmm | 76 | 3 | 23 | 10 (0..25) | 37, 81 | 29, 71 |
| affinity | 70 | 1 | 30 | 23 (3..43) | 36, 81 | 26, 76 |
| hdbscan, of those in a dense place | 62 | 2 | 34 | 8 (2..13) | 42, 65 | 44, 59 |
| spectral | 76 | 3 | 25 | 12 (1..26) | 36, 82 | 28, 72 |
| scan | 75 | 1 | 32 | 12 (0..36) | 40, 80 | 32, 73 |
| temi | 77 | 1 | 31 | 8 (0..26) | 40, 80 | 26, 71 |

The clusters that a model brings along are not fitted to a folder; their probability stays as it is, unmeasured.
"""

from __future__ import annotations

import numpy as np

from desktop_app.engine.types import Float32Array


def calibrated(confidence: Float32Array, slope: float, shift: float) -> Float32Array:
    """The confidence whose log odds are ``slope * log odds + shift``.

    Args:
        confidence: float32[N] in 0..1 as a method has it; 0 and 1 stay what they are.
        slope: above 0, so that the order of photos stays.
        shift: of the log odds.

    Returns:
        float32[N] in 0..1.
    """
    with np.errstate(divide="ignore"):
        odds = np.log(confidence, dtype=np.float64) - np.log1p(-confidence, dtype=np.float64)
        out = 1.0 / (1.0 + np.exp(-np.clip(slope * odds + shift, -700, 700)))
    out[confidence <= 0.0] = 0.0
    out[confidence >= 1.0] = 1.0
    return out.astype(np.float32)
