#!/usr/bin/env bash
# Guess:   iaa-kit's krippendorff_alpha(scale="ordinal") is Krippendorff's ordinal coefficient, which looks at ranks.
# Happens: it is the interval coefficient: both scales use the squared difference of the codes and give one value,
#          and codes 1, 2, 10 give another than 1, 2, 3, which ranks cannot. krippendorff's two values differ.
# Seen:    2026-11-27, iaa-kit 0.1.2, krippendorff 0.9.0, numpy 2.4.6.
# Matters: a figure named ordinal in a data paper depends on the numbers that were picked for the steps.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv env
env/bin/pip --quiet --quiet install iaa-kit==0.1.2 krippendorff==0.9.0 numpy==2.4.6
env/bin/python - <<'PY'
import iaa_kit, krippendorff, numpy as np

steps = np.array([[1, 1], [1, 2], [2, 2], [3, 3], [3, 2], [1, 1]])
wide = np.where(steps == 3, 10, steps)
kit = lambda codes, scale: round(iaa_kit.alpha_value(codes.tolist(), scale), 6)
ref = lambda codes, scale: round(float(krippendorff.alpha(codes.T, level_of_measurement=scale)), 6)

assert kit(steps, "interval") == ref(steps, "interval")
assert ref(steps, "ordinal") != ref(steps, "interval")
assert ref(wide, "ordinal") == ref(steps, "ordinal")
assert kit(steps, "ordinal") == kit(steps, "interval")
assert kit(wide, "ordinal") != kit(steps, "ordinal")
PY
echo "as described: iaa-kit's ordinal alpha is the interval one"
