using System.Globalization;
using TopicGrpc.V1;

namespace TopicGrpc.Shared.Limits;

/// <summary>Relations between the fields of operations.</summary>
internal static class OperationRules
{
    public static void Check(VersionOperation.Types.ReduceTopics reduce, CheckState state)
    {
        if (reduce.HasNrTopicsAuto && !reduce.NrTopicsAuto)
        {
            state.Add("nr_topics must be set, or nr_topics_auto must be true");
        }
    }

    public static void Check(VersionOperation.Types.MergeTopics merge, CheckState state)
    {
        HashSet<int> seen = [];
        for (int index = 0; index < merge.Groups.Count; index++)
        {
            foreach (int topic in merge.Groups[index].TopicIds)
            {
                if (!seen.Add(topic))
                {
                    string field = string.Create(CultureInfo.InvariantCulture, $"groups[{index}].topic_ids");
                    state.AddAt(field, string.Create(CultureInfo.InvariantCulture, $"topic {topic} is given twice"));
                }
            }
        }
    }

    public static void Check(VersionOperation.Types.UpdatePredictions update, CheckState state)
    {
        if (!update.HasOutlierPolicy && !update.HasOutlierMinSimilarity && !update.HasNoveltyThreshold)
        {
            state.Add("outlier_policy, outlier_min_similarity or novelty_threshold must be set");
        }
    }

    public static void Check(VersionOperation.Types.UpdateTopics update, CheckState state)
    {
        bool changesWords = update.Vectorizer is not null
            || update.Ctfidf is not null
            || update.HasTopNWords
            || update.RepresentationModel is not null;
        if (!changesWords && update.Topics.Count == 0 && update.TopicAttribute.Length == 0)
        {
            state.Add("vectorizer, ctfidf, top_n_words, representation_model, topics or topic_attribute must be set");
        }

        if (update.TopicAttribute.Length > 0 && update.Topics.Count > 0)
        {
            state.AddAt("topics", "must not be given together with topic_attribute");
        }
    }
}
