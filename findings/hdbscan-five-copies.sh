#!/bin/bash
# HDBSCAN: with the fifth copy of one point, half of its cluster may become noise; with four, nothing happens.
#
# Guess: copies make their place a little denser. A cluster of sixty keeps its members when one of them is there five
#   times, as with DBSCAN; at worst the copies are a small cluster of their own.
# Happens (scikit-learn 1.9.1 and hdbscan 0.8.44, min_cluster_size=5): where as many copies as make a cluster lie in a
#   round cluster of 60,
#   * at least 30 of the 60 get the label -1, for more than twenty of the sixty points that can be the copied one: the
#     copies are a cluster, perhaps the core of the old one another, and what lies around them is noise;
#   * for most other points a quarter is lost, or the labels stay and probabilities_ is 0 for all but the copies, for
#     the center of the cluster too: a zero that the documentation keeps for noise.
#   With one copy fewer hardly a point changes. Copies that differ by a thousandth do as whole ones do. Nothing warns;
#   nothing that comes out is NaN or infinite.
# Source: sklearn/cluster/_hdbscan/_tree.pyx. A merge at distance 0 has the lambda 1/0 = infinity, so a branch that ends
#   in a whole cluster of copies has infinite stability; "excess of mass" prefers it to every cluster around it, and
#   whoever fell off before the branch began is noise. get_probabilities() divides by the largest lambda. The example on
#   a line below can be reckoned by hand: its cluster of eight has stability 8 * (1/1.5 - 1/92.5) = 5.2, its halves
#   4 * (1 - 1/1.5) = 1.3 each, so the eight stay together; with two copies the left half has infinitely much. An answer
#   in hdbscan's issue 94 says that copies are difficult for it; the documentation of neither says so.
# By the way: hdbscan's documentation says that min_samples counts the point itself. It does not: its 2 is the 3 of
#   scikit-learn, which does, to the last label.
# Why it matters to a program that sorts photos: folders hold copies, and embeddings of copies are equal. A picture
#   forwarded five times tears its group apart. Fit on each point once, or on fewer copies than make a cluster, and give
#   the others the label of the first.
# Seen with Python 3.11, scikit-learn 1.9.1, hdbscan 0.8.44, numpy 2.4.6, scipy 1.17.1, x86-64 Linux, December 2026.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
python="$folder/venv/bin/python"
"$python" -m pip install -q --disable-pip-version-check scikit-learn==1.9.1 hdbscan==0.8.44 numpy==2.4.6 scipy==1.17.1
cat >"$folder/expected" <<'END'
on a line, 0 1 2 3 and 4.5 5.5 6.5 7.5, far from ten others
  0 is there 1 times: clusters [1, 1], probabilities [1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0]
  0 is there 2 times: clusters [1, 1], probabilities [1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0]
  0 is there 3 times: clusters [2, 1], probabilities [1.0, 0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 1.0]
five clusters of 60: 5 found, 4 points are noise
one of 60 there 4 times, copies: half of the cluster is noise for none of the 60,
  a quarter is, or half have probability 0, for none; other clusters change for none
one of 60 there 5 times, copies: half of the cluster is noise for over 20 of the 60,
  a quarter is, or half have probability 0, for over 45; other clusters change for none
one of 60 there 5 times, copies 0.001 apart: half of the cluster is noise for over 20 of the 60,
  a quarter is, or half have probability 0, for over 45; other clusters change for none
0 copies more, hdbscan with min_samples=2 for scikit-learn's 3: the same clusters
0 copies more, hdbscan with min_samples=3 for scikit-learn's 3: others
4 copies more, hdbscan with min_samples=2 for scikit-learn's 3: the same clusters
4 copies more, hdbscan with min_samples=3 for scikit-learn's 3: others
END
cat >"$folder/try.py" <<'END'
import hdbscan
import numpy as np
from sklearn.cluster import HDBSCAN
from sklearn.metrics import adjusted_rand_score

print("on a line, 0 1 2 3 and 4.5 5.5 6.5 7.5, far from ten others")
for copies in range(3):
    line = np.array([0, 1, 2, 3, 4.5, 5.5, 6.5, 7.5, *range(100, 110), *[0] * copies])[:, None]
    found = HDBSCAN(min_cluster_size=3, min_samples=1, copy=True).fit(line)
    clusters = [len(set(found.labels_[part].tolist())) for part in (slice(0, 8), slice(8, 18))]
    print(f"  0 is there {1 + copies} times: clusters {clusters}, probabilities {found.probabilities_[:8].tolist()}")

SIZE, LEAST = 60, 5
random = np.random.default_rng(0)
centers = random.normal(size=(5, 32))
centers *= 3 / np.linalg.norm(centers, axis=1, keepdims=True)
points = np.concatenate([center + random.normal(0, 0.42, (SIZE, 32)) for center in centers])
points /= np.linalg.norm(points, axis=1, keepdims=True)


def with_copies(place, number, apart):
    """The points, and one of the first cluster ``number`` times more, each about ``apart`` beside it."""
    beside = random.normal(0, apart / np.sqrt(32), (number, 32))
    return np.concatenate([points, points[place] + beside])


def fit(data):
    return HDBSCAN(min_cluster_size=LEAST, min_samples=3, copy=True).fit(data)


def told(number):
    """How many of 60, so that rounding plays no part."""
    return "none" if number == 0 else "over 45" if number > 45 else "over 20" if number > 20 else number


plain = fit(points)
print(f"five clusters of {SIZE}: {plain.labels_.max() + 1} found, {(plain.labels_ < 0).sum()} points are noise")
for number, apart in ((LEAST - 2, 0), (LEAST - 1, 0), (LEAST - 1, 1e-3)):
    torn = harmed = other = 0
    for place in range(SIZE):
        found = fit(with_copies(place, number, apart))
        first = np.arange(len(found.labels_)) < SIZE
        left_out = (found.labels_[first] < 0).sum()
        torn += left_out >= SIZE // 2
        harmed += left_out >= SIZE // 4 or np.median(found.probabilities_[first]) < 0.01
        other += not np.array_equal(found.labels_[SIZE : 5 * SIZE] < 0, plain.labels_[SIZE:] < 0)
    kind = "copies" if apart == 0 else f"copies {apart:g} apart"
    print(f"one of 60 there {number + 1} times, {kind}: half of the cluster is noise for {told(torn)} of the 60,")
    print(f"  a quarter is, or half have probability 0, for {told(harmed)}; other clusters change for {told(other)}")

for number in (0, LEAST - 1):
    data = with_copies(1, number, 0)
    ours = fit(data).labels_
    for samples in (2, 3):
        theirs = hdbscan.HDBSCAN(min_cluster_size=LEAST, min_samples=samples, core_dist_n_jobs=1).fit(data).labels_
        same = "the same clusters" if adjusted_rand_score(ours, theirs) == 1 else "others"
        print(f"{number} copies more, hdbscan with min_samples={samples} for scikit-learn's 3: {same}")
END
"$python" -W ignore "$folder/try.py" >"$folder/seen" 2>"$folder/said" || { cat "$folder/said"; exit 1; }
cat "$folder/seen"
diff -u "$folder/expected" "$folder/seen" || { echo "This is no longer as it was seen."; exit 1; }
echo "As seen in December 2026."
