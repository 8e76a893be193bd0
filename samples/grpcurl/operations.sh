#!/usr/bin/env bash
# Every operation and query on a fitted model once, by grpcurl. Start a server with a model first:
#   dotnet run -c Release --project src/Cli -- demo --keep-running
# Usage: operations.sh ADDRESS [MODEL]      (grpcurl on the path, or its place in GRPCURL)
set -euo pipefail
address=${1:?address of the server, for instance 127.0.0.1:5400}
model=${2:-state-of-the-union}
lines=${LINES_SHOWN:-14}
grpcurl=${GRPCURL:-grpcurl}
selector="\"selector\": {\"model\": \"models/$model\"}"

# call METHOD JSON: calls, and prints the first lines of the answer.
call() {
    printf '\n--- %s %s\n' "$1" "$2"
    "$grpcurl" -plaintext -max-msg-sz 67108864 -d "$2" "$address" "topicgrpc.v1.$1" > "$answer"
    sed -n "1,${lines}p" "$answer" | cut -c1-160
}

# run METHOD JSON: starts a fit or an operation and waits for its end; the last event shows the new version.
run() {
    printf '\n--- %s %s\n' "$1" "$2"
    "$grpcurl" -plaintext -d "$2" "$address" "topicgrpc.v1.$1" > "$answer"
    fit=$(sed -n '0,/"name": "fits/s/.*"name": "\(fits\/[^"]*\)".*/\1/p' "$answer")
    "$grpcurl" -plaintext -d "{\"name\": \"$fit\"}" "$address" topicgrpc.v1.FitService/WatchFit > "$answer"
    grep -E '"(state|model_version|topic_count|outlier_count|message)"' "$answer" | tail -n 4
    version=$(sed -n 's/.*"model_version": "\(models\/[^"]*\)".*/\1/p' "$answer" | tail -n 1)
    [ -n "$version" ] || { echo "no version was made" >&2; exit 1; }
}

# derive OPERATION: makes a new version of version 1.
derive() {
    run ModelService/DeriveVersion "{\"selector\": {\"model\": \"models/$model\", \"version_number\": \"1\"}, \"operation\": {$1}}"
}

answer=$(mktemp)
trap 'rm -f "$answer"' EXIT

call ServerService/GetServerInfo '{}'
call ModelService/GetVersion "{\"name\": \"models/$model/versions/1\"}"
call TopicService/ListTopics "{$selector, \"page_size\": 2, \"word_count\": 4}"
call TopicService/ListTopicDocuments "{$selector, \"topic_id\": 0, \"page_size\": 2}"
call TopicService/SearchTopics "{$selector, \"query\": \"health insurance\", \"max_results\": 2}"
call TopicService/GetTopicHierarchy "{$selector}"
call TopicService/ListTopicsOverTime "{$selector, \"bin_count\": 5, \"topic_ids\": [0], \"page_size\": 2}"
call TopicService/ListTopicsPerClass "{$selector, \"attribute\": \"party\", \"topic_ids\": [0], \"page_size\": 2}"
call PredictionService/Predict "{$selector, \"text\": \"We must protect Medicare for our seniors.\", \"options\": {\"include_words\": true}}"
call PredictionService/Predict "{$selector, \"text\": \"We must protect Medicare for our seniors.\", \"options\": {\"mode\": \"PREDICT_MODE_CENTROID\"}}"
call PredictionService/ExplainPrediction "{$selector, \"text\": \"We must protect Medicare for our seniors.\", \"include_tokens\": true}"
call TopicService/RenderChart "{$selector, \"kind\": \"KIND_HEATMAP\"}"

derive '"reduce_topics": {"nr_topics": 10}'
reduced=$version
derive '"reduce_topics": {"nr_topics_auto": true}'
derive '"merge_topics": {"groups": [{"topic_ids": [0, 1]}]}'
derive '"reduce_outliers": {"strategy": "STRATEGY_C_TF_IDF", "threshold": 0.1}'
derive '"reduce_outliers": {"strategy": "STRATEGY_EMBEDDINGS"}'
derive '"reduce_outliers": {"strategy": "STRATEGY_DISTRIBUTIONS"}'
derive '"update_topics": {"vectorizer": {"stop_words": "english", "ngram_range": {"min": 1, "max": 2}}, "ctfidf": {"reduce_frequent_words": true}}'
derive '"update_topics": {"representation_model": {"main": [{"key_bert_inspired": {}}, {"maximal_marginal_relevance": {"diversity": 0.3}}], "aspects": [{"name": "diverse", "steps": [{"maximal_marginal_relevance": {"diversity": 0.6}}]}]}}'
derive '"update_topics": {"topic_attribute": "party"}'
derive '"update_predictions": {"outlier_policy": "nearest", "outlier_min_similarity": 0.4, "novelty_threshold": 0.02}'
derive '"set_topic_labels": {"labels": {"0": "A custom label"}}'
derive '"delete_topics": {"topic_ids": [1]}'
last=$version
call ModelService/GetVersion "{\"name\": \"$last\"}"
call ModelService/CompareModelVersions "{\"base_selector\": {\"model\": \"models/$model\", \"version_number\": \"1\"}, \"selector\": {\"model\": \"models/$model\", \"version_number\": \"${last##*/}\"}}"

# A second, small model with topics that are given, to merge with the first.
call CorpusService/CreateCorpus '{"corpus_id": "grpcurl-recipes", "request_id": "grpcurl"}'
printf '\n--- CorpusService/IngestDocuments\n'
{
    echo '{"open": {"corpus": "corpora/grpcurl-recipes", "session_id": "grpcurl"}}'
    echo '{"chunk": {"documents": ['
    for number in 1 2 3 4 5 6 7 8; do
        echo "{\"id\": \"recipe-$number\", \"text\": \"Knead the dough with flour and yeast, let it rise $number hours, then bake the bread.\", \"attributes\": {\"kind\": \"bread\"}},"
        echo "{\"id\": \"soup-$number\", \"text\": \"Simmer onions and carrots in broth for $number hours and season the soup.\", \"attributes\": {\"kind\": \"soup\"}}"
        [ "$number" = 8 ] || echo ','
    done
    echo ']}}'
    echo '{"close": {"total_documents": "16"}}'
} | "$grpcurl" -plaintext -d @ "$address" topicgrpc.v1.CorpusService/IngestDocuments > "$answer"
tail -n "$lines" "$answer"
run FitService/StartFit '{"model": "models/grpcurl-recipes", "corpus": "corpora/grpcurl-recipes", "settings": {"topic_attribute": "kind"}}'
derive "\"merge_models\": {\"model_versions\": [\"$version\"]}"

call ModelService/ExportModel "{$selector}"
call ModelService/SetTrafficPolicy "{\"model\": \"models/$model\", \"traffic_policy\": {\"targets\": [{\"version_number\": \"1\", \"weight\": 7000}, {\"version_number\": \"${last##*/}\", \"weight\": 3000}], \"shadow_version_number\": \"${reduced##*/}\"}}"
for number in 1 2 3 4; do
    call PredictionService/Predict "{$selector, \"text\": \"Oil prices and energy, question $number.\"}" | grep -E 'model_version|topic_name' || true
done
call ModelService/GetShadowReport "{\"model\": \"models/$model\"}"
call ModelService/SetTrafficPolicy "{\"model\": \"models/$model\"}"
call ModelService/SetLabel "{\"model\": \"models/$model\", \"label\": \"stable\", \"version_number\": \"${last##*/}\"}"
call ModelService/RollbackLabel "{\"model\": \"models/$model\", \"label\": \"stable\"}"
call ModelService/DeleteVersion "{\"name\": \"$last\"}"
