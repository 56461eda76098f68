#!/bin/sh
# Builds, pushes and deploys Alderbrook Public Library on Cloud Run. Written by `chatwright deploy cloudrun`; read it first.
#   PROJECT=my-project REGION=europe-west1 INSTANCE=my-postgres ./deploy.sh
# Once before, by hand: a Cloud SQL instance for PostgreSQL with a database and user "bot", an Artifact Registry repository
# "chatwright", a service account "library" with roles/cloudsql.client and roles/secretmanager.secretAccessor,
# and a secret for each name that is printed below. DATABASE_URL is
#   postgresql://bot:PASSWORD@/bot?host=/cloudsql/PROJECT:REGION:INSTANCE
set -eu
cd "$(dirname "$0")"
: "${PROJECT:?the project}" "${REGION:?the region}" "${INSTANCE:?the Cloud SQL instance}"
image="$REGION-docker.pkg.dev/$PROJECT/chatwright/library:0.1.0"

for secret in library-database-url library-chatwright-secret; do
    gcloud secrets describe "$secret" --project "$PROJECT" >/dev/null ||
        { echo "Make the secret $secret first: gcloud secrets create $secret --data-file=FILE" >&2 && exit 1; }
done
docker build --tag "$image" ../docker
docker push "$image"
made=$(mktemp)
trap 'rm -f "$made"' EXIT
sed -e "s/PROJECT/$PROJECT/g" -e "s/REGION/$REGION/g" -e "s/INSTANCE/$INSTANCE/g" service.yaml >"$made"
gcloud run services replace "$made" --project "$PROJECT" --region "$REGION"
# Who may talk to it the bot decides itself ([access] in bot.toml).
gcloud run services add-iam-policy-binding library --project "$PROJECT" --region "$REGION" \
    --member allUsers --role roles/run.invoker
