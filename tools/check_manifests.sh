#!/usr/bin/env bash
# The Kubernetes manifests against the schemas of Kubernetes, in an environment of its own (the schemas come with the
# package). 0: valid; 1: not; 2: the checker could not be installed.
set -euo pipefail
cd "$(dirname "$0")/.."
env=.cache/manifests
if [ ! -x "$env/bin/kubernetes-validate" ]; then
  mkdir -p .cache
  "$(.venv/bin/python -c 'import sys; print(sys.base_prefix + "/bin/python3")')" -m venv "$env"
  "$env/bin/python" -m pip install --quiet --disable-pip-version-check kubernetes-validate==1.37.0 \
    2>.cache/manifests-install.log || { echo "kubernetes-validate could not be installed: nothing was checked"; exit 2; }
fi
mapfile -t files < <(find deploy/kubernetes -name '*.yaml' ! -name kustomization.yaml | sort)
"$env/bin/kubernetes-validate" --strict --quiet "${files[@]}"
# A control that must be refused: a checker that accepts everything proves nothing.
printf 'apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {portz: []}\n' >.cache/wrong.yaml
if "$env/bin/kubernetes-validate" --strict --quiet .cache/wrong.yaml >/dev/null 2>&1; then
  echo "The checker accepts a wrong manifest: nothing was checked"
  exit 2
fi
echo "${#files[@]} files of manifests are valid."
