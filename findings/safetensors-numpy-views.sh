#!/bin/bash
# safetensors 0.8 writes another array than it was given, where a NumPy array is a view.
#
# Guess: safetensors.numpy.save_file stores any array by its values, as NumPy's own save does and as safetensors did up
#   to 0.7, or refuses a view, as safetensors.torch does ("non contiguous tensor").
# Happens (safetensors 0.8.0): a transposed array, one in Fortran order or a part cut out of a larger one is written
#   as the bytes that lie in memory from its first value on, under the view's shape. No error, no warning; the file
#   is valid, its shape right, its values are others. With 0.7.0 the same lines are right.
# Source: safetensors/numpy.py, _flatten(): 0.8 hands on the address and the size in bytes (tensor.ctypes.data,
#   tensor.nbytes), 0.7 called tensor.tobytes(), which puts the values in order. The docstring asks for contiguous
#   arrays; nothing checks it. Reported to its makers (issue 825 of safetensors, open).
# Why it matters to a program that sorts photos: `weights.T` is how a linear layer gets from one framework's layout to
#   another's, scikit-learn keeps a fitted PCA's and classifier's matrix in Fortran order, a part of an index of
#   embeddings is a slice. Such a file loads, fits the network, and makes groups of nonsense.
# Seen with Python 3.11, safetensors 0.8.0 and 0.7.0, numpy 2.4.6, scikit-learn 1.9.1, x86-64 Linux, November 2026.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
for version in 0.7.0 0.8.0; do
    python3 -m venv "$folder/$version"
    "$folder/$version/bin/python" -m pip install -q --disable-pip-version-check "safetensors==$version" numpy==2.4.6 \
        scipy==1.17.1 scikit-learn==1.9.1
done
cat >"$folder/expected" <<'END'
safetensors 0.7.0
whole: as given
transposed: as given
Fortran order: as given
every other column: as given
first two columns: as given
a copy of the transposed: as given
PCA: as given
classifier: as given
safetensors 0.8.0
whole: as given
transposed: [[0, 1], [2, 3], [4, 5]] instead of [[0, 3], [1, 4], [2, 5]]
Fortran order: [[0, 3, 1], [4, 2, 5]] instead of [[0, 1, 2], [3, 4, 5]]
every other column: [[0, 1], [2, 3]] instead of [[0, 2], [3, 5]]
first two columns: [[0, 1], [2, 3]] instead of [[0, 1], [3, 4]]
a copy of the transposed: as given
PCA: other values
classifier: other values
END
cat >"$folder/try.py" <<'END'
import sys
from pathlib import Path

import numpy as np
import safetensors
from safetensors.numpy import load_file, save_file
from sklearn.decomposition import PCA
from sklearn.linear_model import LogisticRegression

file = Path(sys.argv[1])
matrix = np.arange(6, dtype=np.float32).reshape(2, 3)
embeddings = np.random.default_rng(0).normal(size=(500, 16)).astype(np.float32)
labels = (embeddings[:, 0] > 0).astype(int) + (embeddings[:, 1] > 0)
views = {
    "whole": matrix,
    "transposed": matrix.T,
    "Fortran order": np.asfortranarray(matrix),
    "every other column": matrix[:, ::2],
    "first two columns": matrix[:, :2],
    "a copy of the transposed": np.ascontiguousarray(matrix.T),
    "PCA": PCA(4).fit(embeddings).components_,
    "classifier": LogisticRegression().fit(embeddings, labels).coef_,
}
print("safetensors", safetensors.__version__)
for name, given in views.items():
    save_file({"weight": given}, file)
    found = load_file(file)["weight"]
    assert found.shape == given.shape
    if (found == given).all():
        print(f"{name}: as given")
    elif given.size > 6:
        print(f"{name}: other values")
    else:
        print(f"{name}: {found.astype(int).tolist()} instead of {given.astype(int).tolist()}")
END
for version in 0.7.0 0.8.0; do
    "$folder/$version/bin/python" "$folder/try.py" "$folder/file.safetensors" >>"$folder/seen"
done
cat "$folder/seen"
diff -u "$folder/expected" "$folder/seen" || { echo "This is no longer as it was seen."; exit 1; }
echo "As seen in November 2026."
