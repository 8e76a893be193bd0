using TopicGrpc.Engine.Topics;

namespace TopicGrpc.Engine.Archive;

/// <summary>
/// Reads and writes topics as flat tables: one row per topic and, for words and representative documents, the first row of each topic.
/// </summary>
internal static class TopicTables
{
    public static void Write(ArchiveWriter writer, IReadOnlyList<Topic> topics)
    {
        TopicWord[] words = [.. topics.SelectMany(topic => topic.Words)];
        RepresentativeDocument[] representatives = [.. topics.SelectMany(topic => topic.RepresentativeDocuments)];
        writer.Write(ArchiveNames.TopicIds, [.. topics.Select(topic => topic.Id)]);
        writer.Write(ArchiveNames.TopicCounts, [.. topics.Select(topic => topic.Count)]);
        writer.Write(ArchiveNames.TopicNames, [.. topics.Select(topic => topic.Name)]);
        writer.Write(ArchiveNames.TopicUids, [.. topics.Select(topic => topic.Uid)]);
        if (topics.Any(topic => topic.CustomLabel is not null))
        {
            // Optional, so that models without custom labels have the same files as before custom labels existed.
            writer.Write(ArchiveNames.TopicLabels, [.. topics.Select(topic => topic.CustomLabel ?? "")]);
        }

        writer.Write(ArchiveNames.WordStarts, Starts(topics, topic => topic.Words.Count));
        writer.Write(ArchiveNames.WordTerms, Array.ConvertAll(words, word => word.Term));
        writer.Write(ArchiveNames.WordScores, Array.ConvertAll(words, word => word.Score));
        writer.Write(ArchiveNames.RepresentativeStarts, Starts(topics, topic => topic.RepresentativeDocuments.Count));
        writer.Write(ArchiveNames.RepresentativeRows, Array.ConvertAll(representatives, document => document.Row));
        writer.Write(ArchiveNames.RepresentativeIds, Array.ConvertAll(representatives, document => document.Id));
        writer.Write(ArchiveNames.RepresentativeTexts, Array.ConvertAll(representatives, document => document.Text));
    }

    public static IReadOnlyList<Topic> Read(ArchiveContent content)
    {
        int[] ids = content.Integers(ArchiveNames.TopicIds);
        int[] counts = content.Integers(ArchiveNames.TopicCounts);
        string[] names = content.Strings(ArchiveNames.TopicNames);

        // Archives older than uids lack them. The model then computes them deterministically.
        string[] uids = content.Has(ArchiveNames.TopicUids)
            ? content.Strings(ArchiveNames.TopicUids)
            : Enumerable.Repeat("", ids.Length).ToArray();
        string[] labels = content.Has(ArchiveNames.TopicLabels) ? content.Strings(ArchiveNames.TopicLabels) : new string[ids.Length];
        string[] terms = content.Strings(ArchiveNames.WordTerms);
        double[] scores = content.Doubles(ArchiveNames.WordScores);
        int[] rows = content.Integers(ArchiveNames.RepresentativeRows);
        string[] documents = content.Strings(ArchiveNames.RepresentativeIds);
        string[] texts = content.Strings(ArchiveNames.RepresentativeTexts);
        int[] wordStarts = CheckedStarts(content, ArchiveNames.WordStarts, ids.Length, terms.Length);
        int[] representativeStarts = CheckedStarts(content, ArchiveNames.RepresentativeStarts, ids.Length, texts.Length);
        if (counts.Length != ids.Length
            || names.Length != ids.Length
            || labels.Length != ids.Length
            || uids.Length != ids.Length
            || scores.Length != terms.Length
            || rows.Length != texts.Length
            || documents.Length != texts.Length)
        {
            throw new InvalidDataException("The topic tables have different lengths.");
        }

        var topics = new Topic[ids.Length];
        for (int i = 0; i < topics.Length; i++)
        {
            var words = new TopicWord[wordStarts[i + 1] - wordStarts[i]];
            for (int j = 0; j < words.Length; j++)
            {
                words[j] = new TopicWord(terms[wordStarts[i] + j], scores[wordStarts[i] + j]);
            }

            var representatives = new RepresentativeDocument[representativeStarts[i + 1] - representativeStarts[i]];
            for (int j = 0; j < representatives.Length; j++)
            {
                int at = representativeStarts[i] + j;
                representatives[j] = new RepresentativeDocument(rows[at], documents[at], texts[at]);
            }

            string? customLabel = string.IsNullOrEmpty(labels[i]) ? null : labels[i];
            topics[i] = new Topic(ids[i], counts[i], names[i], words, representatives, customLabel) { Uid = uids[i] };
        }

        return topics;
    }

    private static int[] Starts(IReadOnlyList<Topic> topics, Func<Topic, int> count)
    {
        int[] starts = new int[topics.Count + 1];
        for (int i = 0; i < topics.Count; i++)
        {
            starts[i + 1] = starts[i] + count(topics[i]);
        }

        return starts;
    }

    private static int[] CheckedStarts(ArchiveContent content, string name, int topics, int entries)
    {
        int[] starts = content.Integers(name);
        bool fits = starts.Length == topics + 1 && starts[0] == 0 && starts[^1] == entries;
        for (int i = 1; fits && i < starts.Length; i++)
        {
            fits = starts[i] >= starts[i - 1];
        }

        return fits ? starts : throw new InvalidDataException($"{name} does not divide {entries} entries among {topics} topics.");
    }
}
