#!/usr/bin/env bash
# Build the design system anew (maintainers, needs npm): GOV.UK Frontend (MIT) in OpenTRM's colours.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent govuk-frontend@5 sass@1 >/dev/null
cp "$here/tools/theme.scss" .
out="$here/src/opentrm/ui/static/ui"
npx sass --style=compressed --no-source-map --quiet-deps --silence-deprecation=import --load-path=node_modules theme.scss "$out/desk.css"
cp node_modules/govuk-frontend/dist/govuk/govuk-frontend.min.js "$out/govuk-frontend.min.js"
sed -i 's,//# sourceMappingURL=.*,,' "$out/govuk-frontend.min.js"
# No crest, no crown: this is not a government's site.
sed -i 's,url("/static/ui/images/govuk-crest.svg"),none,g' "$out/desk.css"
