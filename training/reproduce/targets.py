"""The published figures that the laboratory aims at; those without a row of ours are reported as not attempted."""

from __future__ import annotations

from dataclasses import dataclass

_SCAN = "Van Gansbeke et al. 2020"


@dataclass(frozen=True, slots=True)
class Target:
    """A published result: system, data, metric, the figures as printed (percent, in the metric's order), source."""

    number: int
    system: str
    data: str
    metric: str
    reported: str
    source: str


TARGETS: tuple[Target, ...] = (
    Target(1, "SimCLR, PCA-2, k-means", "600 MNIST digits", "majority ACC", "32.0", "Kong 2022"),
    Target(2, "k-means on raw pixels", "CIFAR-10", "ACC/NMI/ARI", "22.9/8.7/4.9", _SCAN),
    Target(3, "autoencoder, k-means", "CIFAR-10", "ACC/NMI/ARI", "31.4/23.4/16.9", _SCAN),
    Target(4, "DeepCluster", "CIFAR-10, CIFAR-20, STL-10", "ACC", "37.4, 18.9, 33.4", _SCAN),
    Target(5, "RotNet, k-means; with SCAN", "CIFAR-10", "ACC", "27.1±2.1; 74.3±3.9", _SCAN),
    Target(6, "instance discrimination, k-means; with SCAN", "CIFAR-10", "ACC", "52.0±4.6; 83.5±4.1", _SCAN),
    Target(7, "SimCLR, k-means", "CIFAR-10", "ACC/NMI/ARI", "65.9±5.7/59.8/50.9", _SCAN),
    Target(8, "SimCLR, k-means", "CIFAR-20; STL-10", "ACC/NMI/ARI", "39.5/40.2/23.9; 65.8/60.4/50.6", _SCAN),
    Target(9, "SCAN", "CIFAR-10", "ACC/NMI/ARI", "81.8±0.3/71.2/66.5", _SCAN),
    Target(10, "SCAN, self-labeling", "CIFAR-10", "ACC/NMI/ARI", "87.6±0.4/78.7/75.8 (best 88.3/79.7/77.2)", _SCAN),
    Target(
        11, "SCAN; self-labeling", "CIFAR-20", "ACC/NMI/ARI", "42.2/44.1/26.7; 45.9/46.8/30.1 (best ACC 50.7)", _SCAN
    ),
    Target(12, "SCAN; self-labeling", "STL-10", "ACC/NMI/ARI", "75.5/65.4/59.0; 76.7/68.0/61.6 (best ACC 80.9)", _SCAN),
    Target(13, "SCAN with twice the clusters", "CIFAR-10, CIFAR-20, STL-10", "majority ACC", "86.2, 55.1, 76.8", _SCAN),
    Target(14, "SCAN; self-labeling", "ImageNet-50", "ACC/NMI/ARI", "75.1/80.5/63.5; 76.8/82.2/66.1", _SCAN),
    Target(15, "SCAN; self-labeling", "ImageNet-100, ImageNet-200", "ACC", "66.2; 68.9, 56.3; 58.1", _SCAN),
    Target(16, "SCAN, ResNet-50", "ImageNet-1k", "ACC/NMI/ARI", "39.9/72.0/27.5", "SCAN repository, README"),
    Target(17, "supervised", "CIFAR-10, CIFAR-20, STL-10", "ACC", "93.8, 80.0, 80.6", _SCAN),
    Target(
        18, "SimCLR, 100 / 500 / 1000 epochs", "CIFAR-10", "kNN", "83.2 / 90.3 / 91.4", "dkobak/simclr-cifar10, README"
    ),
    Target(
        19,
        "SimCLR, MoCo, BYOL, SwAV, 200 epochs",
        "CIFAR-10",
        "kNN, k = 200",
        "84.8, 84.7, 86.8, 84.2",
        "lightly, documentation",
    ),
    Target(
        20,
        "SimCLR, BYOL, SwAV, 800 epochs",
        "Imagenette, 128 px",
        "kNN, k = 20",
        "88.9, 88.7, 90.2",
        "lightly, documentation",
    ),
    Target(21, "RotNet, NIN, block 2", "CIFAR-10", "probe", "89.06", "Gidaris et al. 2018"),
    Target(22, "DeepCluster, AlexNet", "VOC cls/det/seg", "mAP, mAP, mIU", "73.7/55.4/45.1", "Caron et al. 2018"),
    Target(23, "jigsaw, 1000 permutations", "ImageNet", "accuracy of the task", "71", "JigsawPuzzlePytorch, issue 7"),
)
