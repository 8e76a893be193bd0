using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Topics.Operations;
using TopicGrpc.Engine.Topics.Settings;
using UpdateMessage = TopicGrpc.V1.VersionOperation.Types.UpdateTopics;

namespace TopicGrpc.Server.Contract;

/// <summary>Words and topics anew, from contract to engine.</summary>
internal static class UpdateTopicsMapping
{
    private const string At = "operation.update_topics";
    private const int MaxMoves = 10_000;

    /// <summary>The operation, without the topics that an attribute gives: those are read with the documents.</summary>
    /// <param name="update">The message.</param>
    /// <param name="model">Version to start from.</param>
    /// <param name="checks">Gets what is wrong.</param>
    public static TopicOperation FromProto(UpdateMessage update, TopicModel model, SettingsChecks checks)
    {
        bool findsWords = update.Vectorizer is not null || update.Ctfidf is not null || update.HasTopNWords;
        bool givesTopics = update.Topics.Count > 0 || update.TopicAttribute.Length > 0;
        if (!findsWords && !givesTopics && update.RepresentationModel is null)
        {
            checks.Add(At, "vectorizer, ctfidf, top_n_words, representation_model, topics or topic_attribute must be set");
        }

        TopicRepresentations? chosen = update.RepresentationModel is { } given ? RepresentationMapping.FromProto(given, At + ".representation_model", checks) : null;
        if (chosen is not null && !findsWords && !givesTopics)
        {
            // The counts stay, so that without KeyBERT not even the documents are read.
            return new RepresentTopics { Main = chosen.Main, Aspects = chosen.Aspects };
        }

        CheckTopics(update, model, checks);
        return new UpdateTopics
        {
            Words = update.Vectorizer is { } vectorizer ? WordSettingsMapping.FromProto(vectorizer, At + ".vectorizer.", checks) : null,
            Weights = update.Ctfidf is { } ctfidf ? FitSettingsMapping.Weights(ctfidf, At + ".ctfidf.", checks) : null,
            TopWordCount = update.HasTopNWords ? checks.Range(At + ".top_n_words", update.TopNWords, 1, 100) : null,
            Representations = chosen,
            Topics = update.Topics.Count > 0 ? new Dictionary<string, int>(update.Topics, StringComparer.Ordinal) : null,
        };
    }

    private static void CheckTopics(UpdateMessage update, TopicModel model, SettingsChecks checks)
    {
        if (update.TopicAttribute.Length > 0)
        {
            checks.Text(At + ".topic_attribute", update.TopicAttribute, GuidanceMapping.MaxAttributeBytes);
            if (update.Topics.Count > 0)
            {
                checks.Add(At + ".topics", "must not be given beside topic_attribute");
            }
        }

        if (update.Topics.Count == 0)
        {
            return;
        }

        checks.Range(At + ".topics", update.Topics.Count, 0, MaxMoves);
        HashSet<string> known = new(model.DocumentIds, StringComparer.Ordinal);
        int topics = model.Topics.Count - model.OutlierOffset;
        int most = topics + update.Topics.Count - 1;
        foreach ((string document, int topic) in update.Topics)
        {
            if (!known.Contains(document))
            {
                checks.Add(At + ".topics", $"the version was not fitted on a document '{document}'");
                return;
            }

            if (topic < -1 || topic > most)
            {
                checks.Add(At + ".topics", FormattableString.Invariant($"'{document}' is given to topic {topic}: -1 to {topics - 1} exist, and new ones are numbered from {topics} on"));
                return;
            }
        }
    }
}
