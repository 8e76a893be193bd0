using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Topics.Operations;
using TopicGrpc.Engine.Topics.Settings;
using TopicGrpc.Shared.Limits;
using UpdateMessage = TopicGrpc.V1.VersionOperation.Types.UpdateTopics;

namespace TopicGrpc.Server.Contract;

/// <summary>Maps the operation <c>update_topics</c> to the engine.</summary>
internal static class UpdateTopicsMapping
{
    private const string At = "operation.update_topics";

    /// <summary>Returns the operation without the topics of an attribute, which are read together with the documents.</summary>
    /// <param name="update">The message.</param>
    /// <param name="model">Parent version.</param>
    /// <param name="violations">Receives the fields that are invalid for the version.</param>
    public static TopicOperation FromProto(UpdateMessage update, TopicModel model, ViolationList violations)
    {
        bool findsWords = update.Vectorizer is not null || update.Ctfidf is not null || update.HasTopNWords;
        bool givesTopics = update.Topics.Count > 0 || update.TopicAttribute.Length > 0;
        TopicRepresentations? chosen = update.RepresentationModel is { } given ? RepresentationContract.FromProto(given) : null;
        if (chosen is not null && !findsWords && !givesTopics)
        {
            // The term counts do not change, so without KeyBERT the documents need not be read.
            return new RepresentTopics { Main = chosen.Main, Aspects = chosen.Aspects };
        }

        CheckTopics(update, model, violations);
        return new UpdateTopics
        {
            Words = update.Vectorizer is { } vectorizer ? VectorizerContract.FromProto(vectorizer, ngrams: null) : null,
            KeepSegmentation = update.Vectorizer is { HasSegmentation: false },
            ChooseStopWords = update.Vectorizer is { HasStopWords: true, StopWords: VectorizerContract.AutomaticStopWords },
            Weights = update.Ctfidf is { } ctfidf ? CtfidfContract.FromProto(ctfidf) : null,
            TopWordCount = update.HasTopNWords ? update.TopNWords : null,
            Representations = chosen,
            Topics = update.Topics.Count > 0 ? new Dictionary<string, int>(update.Topics, StringComparer.Ordinal) : null,
        };
    }

    private static void CheckTopics(UpdateMessage update, TopicModel model, ViolationList violations)
    {
        if (update.Topics.Count == 0)
        {
            return;
        }

        HashSet<string> known = new(model.DocumentIds, StringComparer.Ordinal);
        known.ExceptWith(model.ErasedRows.Select(row => model.DocumentIds[row]));
        int topics = model.Topics.Count - model.OutlierOffset;
        int most = topics + update.Topics.Count - 1;
        foreach ((string document, int topic) in update.Topics)
        {
            if (!known.Contains(document))
            {
                violations.Add(At + ".topics", $"the version was not fitted on a document '{document}'");
                return;
            }

            if (topic < -1 || topic > most)
            {
                violations.Add(At + ".topics", FormattableString.Invariant(
                    $"'{document}' has topic {topic}: -1 to {topics - 1} exist, and new topics are numbered from {topics}"));
                return;
            }
        }
    }
}
