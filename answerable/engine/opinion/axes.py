"""Find the directions in which people differ most, by subspace iteration on the covariance of statements."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from answerable.engine.opinion.covotes import Matrix

_BLOCK = 8
_MOST_ROUNDS = 400


@dataclass(frozen=True)
class Axes:
    """
    Hold the first two principal axes.

    `directions` is float64 (statements, 2) of length one, the largest loading positive; `variance` their shares of
    the whole variance; `rounds` how many iterations it took.
    """

    directions: npt.NDArray[np.float64]
    variance: tuple[float, float]
    rounds: int


def principal_axes(
    covariance: Matrix, *, start: npt.NDArray[np.float64] | None = None, tolerance: float = 1e-11
) -> Axes:
    """
    Return the first two principal axes of a covariance (statements, statements).

    Block subspace iteration with Rayleigh-Ritz steps (Saad, Numerical Methods for Large Eigenvalue Problems, 2011,
    ch. 5) from a fixed start, or a warm one (statements, 2), until the residual is below `tolerance` times the first
    eigenvalue.
    """
    count = covariance.shape[0]
    whole = float(covariance.diagonal().sum()) if count else 0.0
    if whole <= 0:
        return Axes(np.zeros((count, 2)), (0.0, 0.0), 0)
    block = fixed_start(count, columns=min(_BLOCK, count))
    if start is not None and start.any():
        block[:, : min(2, count)] = start[:, : min(2, count)]
    vectors, values, rounds = _iterated(covariance, block, tolerance=tolerance)
    directions = np.zeros((count, 2))
    directions[:, : vectors.shape[1]] = _with_fixed_signs(vectors)
    shares = [max(0.0, float(value)) / whole for value in values] + [0.0]
    return Axes(directions, (shares[0], shares[1]), rounds)


def fixed_start(count: int, *, columns: int) -> npt.NDArray[np.float64]:
    """Return float64 (count, columns) cosines of rising frequency: independent columns that favour no statement."""
    places = np.arange(count) + 0.5
    return np.cos(np.pi * np.outer(places, np.arange(columns) + 0.37) / max(count, 1))


def _iterated(
    covariance: Matrix, block: npt.NDArray[np.float64], *, tolerance: float
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64], int]:
    """Return up to two leading eigenvectors, their eigenvalues, largest first, and the number of rounds."""
    basis = np.linalg.qr(block)[0]
    rounds = 0
    while True:
        rounds += 1
        image = covariance @ basis
        inner = basis.T @ image
        values, turn = np.linalg.eigh((inner + inner.T) / 2)
        turn, values = turn[:, ::-1], values[::-1]
        vectors, image = basis @ turn, image @ turn
        residual = np.abs(image[:, :2] - vectors[:, :2] * values[:2]).max()
        if residual <= tolerance * max(values[0], 0.0) or rounds == _MOST_ROUNDS:
            return vectors[:, :2], values[:2], rounds
        basis = np.linalg.qr(image)[0]


def _with_fixed_signs(vectors: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return the vectors with the sign that makes the largest loading positive, the first one of equals."""
    largest = np.abs(np.round(vectors, 9)).argmax(axis=0)
    return vectors * np.where(vectors[largest, np.arange(vectors.shape[1])] < 0, -1.0, 1.0)
