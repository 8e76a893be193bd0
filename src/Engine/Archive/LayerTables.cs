using TopicGrpc.Engine.Topics;

namespace TopicGrpc.Engine.Archive;

/// <summary>
/// Reads and writes layers as flat tables: one row per layer, one row per topic of a layer, and one row per word. Assignments of coarser
/// layers follow from the parents. A model without layers has no such files.
/// </summary>
internal static class LayerTables
{
    public static void Write(ArchiveWriter writer, TopicLayers? layers)
    {
        if (layers is null)
        {
            return;
        }

        TopicLayer[] all = [.. layers.Finer, .. layers.Coarser];
        LayerTopic[] topics = [.. all.SelectMany(static layer => layer.Topics)];
        TopicWord[] words = [.. topics.SelectMany(static topic => topic.Words)];
        writer.Write(ArchiveNames.LayerNames, Array.ConvertAll(all, static layer => layer.Name));
        writer.Write(ArchiveNames.LayerSizes, [layers.BaseSize, layers.Finer.Count, .. all.Select(static layer => layer.MinClusterSize)]);
        writer.Write(ArchiveNames.LayerTopicStarts, Starts(all, static layer => layer.Topics.Count));
        writer.Write(ArchiveNames.LayerTopicCounts, Array.ConvertAll(topics, static topic => topic.Count));
        writer.Write(ArchiveNames.LayerTopicNames, Array.ConvertAll(topics, static topic => topic.Name));
        writer.Write(ArchiveNames.LayerTopicUids, Array.ConvertAll(topics, static topic => topic.Uid));
        writer.Write(ArchiveNames.LayerTopicParents, Pairs(topics.Select(static topic => topic.Parent)), 2);
        writer.Write(ArchiveNames.LayerOwnParents, Pairs(layers.TopicParents), 2);
        writer.Write(ArchiveNames.LayerWordStarts, Starts(topics, static topic => topic.Words.Count));
        writer.Write(ArchiveNames.LayerWordTerms, Array.ConvertAll(words, static word => word.Term));
        writer.Write(ArchiveNames.LayerWordScores, Array.ConvertAll(words, static word => word.Score));
        writer.Write(ArchiveNames.LayerAssignments, [.. layers.Finer.SelectMany(static layer => layer.Assignments)]);
    }

    /// <exception cref="InvalidDataException">The tables do not match.</exception>
    public static TopicLayers? Read(ArchiveContent content, int[] assignments)
    {
        if (!content.Has(ArchiveNames.LayerNames))
        {
            return null;
        }

        string[] names = content.Strings(ArchiveNames.LayerNames);
        int[] sizes = content.Integers(ArchiveNames.LayerSizes);
        int[] topicStarts = content.Integers(ArchiveNames.LayerTopicStarts);
        LayerTopic[] topics = Topics(content, topicStarts);
        int[] stored = content.Integers(ArchiveNames.LayerAssignments);
        Require(sizes.Length == names.Length + 2 && topicStarts.Length == names.Length + 1, "rows per layer");
        int finer = sizes[1];
        Require(finer >= 0 && finer <= names.Length && stored.Length == (long)finer * assignments.Length, "assignments");
        var layers = new TopicLayer[names.Length];
        for (int layer = 0; layer < layers.Length; layer++)
        {
            int[] rows = layer < finer ? stored[(layer * assignments.Length)..((layer + 1) * assignments.Length)] : [];
            layers[layer] = new TopicLayer(names[layer], sizes[layer + 2], topics[topicStarts[layer]..topicStarts[layer + 1]], rows);
        }

        TopicParent[] parents = Parents(content.Integers(ArchiveNames.LayerOwnParents));
        TopicLayers read = new(sizes[0], layers[..finer], layers[finer..], parents);
        return read with { Coarser = [.. read.Coarser.Select((layer, index) => Assigned(read, layer, index, assignments))] };
    }

    private static TopicLayer Assigned(TopicLayers layers, TopicLayer layer, int index, int[] assignments)
    {
        int[] ancestors = new int[layers.TopicParents.Count];
        for (int topic = 0; topic < ancestors.Length; topic++)
        {
            Require(Ascends(layers, topic), "parents");
            ancestors[topic] = layers.AncestorOf(layers.OwnIndex, topic, layers.OwnIndex + 1 + index);
        }

        return layer with
        {
            Assignments = Array.ConvertAll(assignments, topic => (uint)topic < (uint)ancestors.Length ? ancestors[topic] : -1),
        };
    }

    // AncestorOf would not end, or would leave the tables, if a parent were not in a coarser layer.
    private static bool Ascends(TopicLayers layers, int topic)
    {
        TopicParent at = new(layers.OwnIndex, topic);
        while (true)
        {
            TopicParent next = layers.ParentOf(at.Layer, at.Topic);
            if (next == TopicParent.None)
            {
                return true;
            }

            if (next.Layer <= at.Layer || next.Layer >= layers.Count || (uint)next.Topic >= (uint)layers.At(next.Layer)!.Topics.Count)
            {
                return false;
            }

            at = next;
        }
    }

    private static LayerTopic[] Topics(ArchiveContent content, int[] topicStarts)
    {
        int[] counts = content.Integers(ArchiveNames.LayerTopicCounts);
        string[] names = content.Strings(ArchiveNames.LayerTopicNames);
        string[] uids = content.Strings(ArchiveNames.LayerTopicUids);
        TopicParent[] parents = Parents(content.Integers(ArchiveNames.LayerTopicParents));
        int[] wordStarts = content.Integers(ArchiveNames.LayerWordStarts);
        string[] terms = content.Strings(ArchiveNames.LayerWordTerms);
        double[] scores = content.Doubles(ArchiveNames.LayerWordScores);
        Require(
            Divides(topicStarts, counts.Length)
                && names.Length == counts.Length
                && uids.Length == counts.Length
                && parents.Length == counts.Length
                && wordStarts.Length == counts.Length + 1
                && Divides(wordStarts, terms.Length)
                && scores.Length == terms.Length,
            "rows per topic");
        var topics = new LayerTopic[counts.Length];
        int layer = 0;
        for (int i = 0; i < topics.Length; i++)
        {
            while (i >= topicStarts[layer + 1])
            {
                layer++;
            }

            var words = new TopicWord[wordStarts[i + 1] - wordStarts[i]];
            for (int j = 0; j < words.Length; j++)
            {
                words[j] = new TopicWord(terms[wordStarts[i] + j], scores[wordStarts[i] + j]);
            }

            topics[i] = new LayerTopic(i - topicStarts[layer], counts[i], names[i], words, uids[i], parents[i]);
        }

        return topics;
    }

    private static int[] Starts<T>(T[] items, Func<T, int> count)
    {
        int[] starts = new int[items.Length + 1];
        for (int i = 0; i < items.Length; i++)
        {
            starts[i + 1] = starts[i] + count(items[i]);
        }

        return starts;
    }

    private static bool Divides(int[] starts, int entries)
    {
        bool divides = starts.Length > 0 && starts[0] == 0 && starts[^1] == entries;
        for (int i = 1; divides && i < starts.Length; i++)
        {
            divides = starts[i] >= starts[i - 1];
        }

        return divides;
    }

    private static int[] Pairs(IEnumerable<TopicParent> parents) =>
        [.. parents.SelectMany(static parent => (int[])[parent.Layer, parent.Topic])];

    private static TopicParent[] Parents(int[] pairs)
    {
        Require(pairs.Length % 2 == 0, "parents");
        var parents = new TopicParent[pairs.Length / 2];
        for (int i = 0; i < parents.Length; i++)
        {
            parents[i] = new TopicParent(pairs[2 * i], pairs[(2 * i) + 1]);
        }

        return parents;
    }

    private static void Require(bool condition, string table)
    {
        if (!condition)
        {
            throw new InvalidDataException($"The layer tables do not match: {table}.");
        }
    }
}
